#!/usr/bin/env bash
# Plans every configuration in this folder with the real Terraform and keeps the plan as JSON, so that the tests need
# neither Terraform nor its AWS provider. Nothing is applied and no account is asked. Run it after a change of a
# configuration: `test/inventory/declared/terraform/record.sh [NAME ...]`.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for folder in ${@:-*/}; do
  name=${folder%/}
  cp -r "$name" "$work/$name"
  (
    cd "$work/$name"
    terraform init -no-color -input=false >init.log || { cat init.log; exit 1; }
    terraform fmt -no-color -check -diff -recursive
    terraform plan -no-color -input=false -lock=false -out plan.bin >plan.log || { cat plan.log; exit 1; }
    terraform show -json plan.bin
  ) | python3 -m json.tool --indent 1 >"$work/$name.json"
  mv "$work/$name.json" "../data/$name.plan.json"
  echo "$name"
done
