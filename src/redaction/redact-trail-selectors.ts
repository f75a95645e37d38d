import type {
  AdvancedEventSelector,
  AdvancedFieldSelector,
  EventSelector,
  EventSelectors,
} from '../inventory/resources.ts';
import { isService, isVocabulary } from './allowed.ts';
import { readWriteTypes } from './choices.ts';
import type { Names } from './names.ts';
import { kept, redactMembers } from './redact-members.ts';
import { redactChoice, redactFieldValue } from './redact-value.ts';

/** Which events a trail records, under other names. */
export function redactSelectors(selectors: EventSelectors, names: Names): EventSelectors {
  return redactMembers(selectors, {
    eventSelectors: (basic) => basic.map((one) => redactBasicSelector(one, names)),
    advancedEventSelectors: (advanced) => advanced.map((one) => redactAdvancedSelector(one, names)),
  });
}

function redactBasicSelector(selector: EventSelector, names: Names): EventSelector {
  return redactMembers(selector, {
    readWriteType: (type) => redactChoice(type, readWriteTypes, names),
    includeManagementEvents: kept,
    excludeManagementEventSources: (sources) => sources.map((one) => redactFieldValue(one, 'eventSource', names)),
    dataResourceTypes: (types) => types.map((type) => (isResourceType(type) ? type : names.text(type))),
  });
}

/** A type of data events, such as `AWS::S3::Object`. */
function isResourceType(type: string): boolean {
  const [, service = ''] = /^AWS::([A-Za-z0-9]+)::(?:Object|Function|Table|Topic|Bucket)$/.exec(type) ?? [];
  return isService(service.toLowerCase());
}

function redactAdvancedSelector(selector: AdvancedEventSelector, names: Names): AdvancedEventSelector {
  return redactMembers(selector, {
    name: names.text,
    fieldSelectors: (selectors) => selectors.map((one) => redactFieldSelector(one, names)),
  });
}

function redactFieldSelector(selector: AdvancedFieldSelector, names: Names): AdvancedFieldSelector {
  const { field } = selector;
  const redactValues = (values: readonly string[]) =>
    values.map((value) =>
      field === 'resources.type' && isResourceType(value)
        ? value
        : redactFieldValue(value, field.split('.').at(-1) ?? '', names),
    );
  return redactMembers(selector, {
    field: () => (isVocabulary(field) || field.startsWith('resources.') ? field : names.text(field)),
    equals: redactValues,
    notEquals: redactValues,
    startsWith: redactValues,
    notStartsWith: redactValues,
    endsWith: redactValues,
    notEndsWith: redactValues,
  });
}
