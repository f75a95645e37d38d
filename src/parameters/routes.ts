/** The ways in which an event may reach a person, the default first. */
export const routeNames = ['metric-filter', 'eventbridge', 'log-alarm'] as const;
