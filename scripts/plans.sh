#!/usr/bin/env bash
# Records the library of plans (plans/) with a Python that has torch and torchvision: TORCHINIT_PYTHON, or python3. Run it once with each
# torch whose hashes the manifest shall have; names as arguments record those alone. A plan that is there is compared and kept: to record it
# anew, delete it first.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

exec "${TORCHINIT_PYTHON:-python3}" -I scripts/record_plans.py src/TorchInit.Oracle/record_init.py plans plans/models.txt "$@"
