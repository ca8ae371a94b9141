#!/usr/bin/env bash
# Records the library of plans (plans/) with a Python that has torch and torchvision: TORCHINIT_PYTHON, or python3. Run it once with each
# torch whose hashes the manifest shall have; names as arguments record those alone. A recording that is there (artifacts/plans) is compared
# and kept: to make it anew, delete it first. What is recorded is folded, so that layers that repeat are one block.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/dotnet-sdk.sh"

python=${TORCHINIT_PYTHON:-python3}
mkdir -p artifacts/plans
"$python" -I scripts/record_plans.py src/TorchInit.Oracle/record_init.py artifacts/plans plans "$@"
dotnet run scripts/fold_plans.cs -- artifacts/plans plans
"$python" -I scripts/record_plans.py --seal plans
