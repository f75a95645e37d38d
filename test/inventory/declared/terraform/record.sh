#!/usr/bin/env bash
# Plans every configuration in this folder with the real Terraform and keeps the plan as JSON, so that the tests need
# neither Terraform nor its AWS provider. No account is asked. Run it after a change of a configuration:
# `test/inventory/declared/terraform/record.sh [GROUP/NAME ...]`.
#
# In the folder of a configuration
#   uses       names files of `common/` that belong to it
#   before/    is a configuration that is applied to the emulator moto first, so that the plan changes it; then
#              `moto_server` must be on the path. It has no trail, of which moto does not tell Terraform enough
#   forget     in `before/` says that Terraform does not know what was applied
#   arguments  are those of `terraform plan`
#   fails      says that the plan is one with errors
set -euo pipefail
cd "$(dirname "$0")"
here=$PWD
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
  mkdir after
  mv ./*.tf after/
  mv before/main.tf main.tf
  terraform apply -no-color -input=false -auto-approve >apply.log || { cat apply.log; exit 1; }
  rm main.tf
  mv after/*.tf .
  if [ -f before/forget ]; then rm -f terraform.tfstate; fi
}

for folder in ${@:-[!c]*/*/ chain/*/}; do
  name=${folder%/}
  mkdir -p "$work/${name%/*}" "../data/${name%/*}"
  cp -r "$name" "$work/$name"
  cd "$work/$name"
  if [ -f uses ]; then for part in $(cat uses); do cp "$here/common/$part.tf" .; done; fi
  terraform init -no-color -input=false >init.log || { cat init.log; exit 1; }
  terraform fmt -no-color -check -diff -recursive
  unset AWS_ENDPOINT_URL
  if [ -d before ]; then apply_before; fi
  arguments=
  if [ -f arguments ]; then arguments=$(cat arguments); fi
  # shellcheck disable=SC2086
  terraform plan -no-color -input=false -lock=false $arguments -out plan.bin >plan.log 2>&1 || [ -f fails ] || { cat plan.log; exit 1; }
  terraform show -json plan.bin | python3 "$here/tidy.py" >"$work/plan.json"
  cd "$here"
  mv "$work/plan.json" "../data/$name.plan.json"
  echo "$name"
done
