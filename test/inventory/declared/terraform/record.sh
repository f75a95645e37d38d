#!/usr/bin/env bash
# Plans every configuration in this folder with the real Terraform and keeps the plan as JSON, so that the tests need
# neither Terraform nor its AWS provider. No account is asked. Where a folder has a configuration `before`, this is applied
# to the emulator moto first, and the plan changes it; then `moto_server` must be on the path. Run it after a change of a
# configuration: `test/inventory/declared/terraform/record.sh [GROUP/NAME ...]`.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
moto=
trap 'rm -rf "$work"; [ -z "$moto" ] || kill "$moto"' EXIT
if [ -n "${TERRAFORM_MIRROR:-}" ]; then
  printf 'provider_installation {\n  filesystem_mirror {\n    path = "%s"\n  }\n}\n' "$TERRAFORM_MIRROR" >"$work/cli.tfrc"
  export TF_CLI_CONFIG_FILE="$work/cli.tfrc"
fi

# The account and its contents before the plan.
apply_before() {
  if [ -z "$moto" ]; then
    MOTO_ACCOUNT_ID=111122223333 moto_server -p 5055 >"$work/moto.log" 2>&1 &
    moto=$!
    for _ in $(seq 50); do curl -s -o "$work/up" http://127.0.0.1:5055/moto-api/ && break || sleep 0.2; done
  fi
  export AWS_ENDPOINT_URL=http://127.0.0.1:5055
  curl -s -o "$work/reset" -X POST "$AWS_ENDPOINT_URL/moto-api/reset"
  mv main.tf after.tf.kept
  mv before/main.tf main.tf
  terraform apply -no-color -input=false -auto-approve >apply.log || { cat apply.log; exit 1; }
  mv after.tf.kept main.tf
}

for folder in ${@:-*/*/}; do
  name=${folder%/}
  mkdir -p "$work/${name%/*}" "../data/${name%/*}"
  cp -r "$name" "$work/$name"
  (
    cd "$work/$name"
    terraform init -no-color -input=false >init.log || { cat init.log; exit 1; }
    terraform fmt -no-color -check -diff -recursive
  )
  pushd "$work/$name" >"$work/pushed"
  unset AWS_ENDPOINT_URL
  if [ -d before ]; then apply_before; fi
  terraform plan -no-color -input=false -lock=false -out plan.bin >plan.log || { cat plan.log; exit 1; }
  terraform show -json plan.bin | python3 -m json.tool --indent 1 >"$work/$name.json"
  popd >"$work/popped"
  mv "$work/$name.json" "../data/$name.plan.json"
  echo "$name"
done
