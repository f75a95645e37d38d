#!/usr/bin/env bash
# Packages the function as it is deployed, twice, without any network, and looks at what came out: the same bytes both
# times, nothing in the zip but the bundle, no more bytes than last agreed on, and a template that cfn-lint accepts. Then
# builds the self-contained template, which must be far enough from the limit of CloudFormation.
#
# Needs Python, and `cfn-lint` on the path: `PATH="$(.ci/python.sh):$PATH" .ci/package.sh`. An empty network namespace
# needs `unshare` (util-linux) and the right to make one; without them it says so and packages with the network there.
set -euo pipefail
cd "$(dirname "$0")/.."

# The goal is 1.25 times the clients of the SDK alone, which `npm run bench` measures: 666 kB.
MOST_BUNDLE_BYTES=658000
MOST_ZIP_BYTES=233000
MOST_TEMPLATE_BYTES=900000
bundle=src/lambda/entry-point.cjs
zip=.serverless/mfa-deactivation-alarm.zip
template=.serverless/cloudformation-template-update-stack.json

offline=()
if unshare --net true 2>/dev/null; then offline=(unshare --net)
elif unshare --map-root-user --net true 2>/dev/null; then offline=(unshare --map-root-user --net)
else echo 'no network namespace can be made here: packaging with the network there'; fi

# What an earlier run left would be packed as well.
package() {
  rm -rf .serverless .esbuild
  "${offline[@]}" timeout 120 npx --no-install serverless package "$@"
}
fail() { echo "package: $*" >&2; exit 1; }

package --param runtime=nodejs24.x --param schedule=One_Hour --param 'filterPattern={ ($.eventName = DeactivateMFADevice) }' \
  --param ExecutionRoleName=config-rules/mfa-deactivation-alarm --param AssumeRoleMode=true
node .ci/template.mjs "$template" runtime=nodejs24.x Schedule=One_Hour AssumeRoleMode=true \
  'FilterPattern={ ($.eventName = DeactivateMFADevice) }' ExecutionRoleName=config-rules/mfa-deactivation-alarm
cfn-lint "$template"

package
first=$(mktemp)
trap 'rm -f "$first"' EXIT
cp "$zip" "$first"
package
cmp "$first" "$zip" || fail 'two runs gave two different zips'
node .ci/template.mjs "$template" runtime=nodejs22.x Schedule=Six_Hours RuleName=mfa-deactivation-alarm
cfn-lint "$template"

read -r bundle_bytes names < <(python3 -c '
import sys, zipfile
files = zipfile.ZipFile(sys.argv[1]).infolist()
print(sum(file.file_size for file in files), *(file.filename for file in files))' "$zip")
[ "$names" = "$bundle" ] || fail "more in the zip than $bundle: $names"
zip_bytes=$(wc -c < "$zip")
echo "bundle $bundle_bytes bytes (at most $MOST_BUNDLE_BYTES), zip $zip_bytes bytes (at most $MOST_ZIP_BYTES)"
[ "$bundle_bytes" -le "$MOST_BUNDLE_BYTES" ] || fail 'the bundle has grown'
[ "$zip_bytes" -le "$MOST_ZIP_BYTES" ] || fail 'the zip has grown'

npm run -s template
template_bytes=$(wc -c < dist/template.json)
[ "$template_bytes" -le "$MOST_TEMPLATE_BYTES" ] || fail "the self-contained template has $template_bytes bytes (at most $MOST_TEMPLATE_BYTES)"
cfn-lint dist/template.json deploy/*.yml deploy/conformance-packs/*.yml
