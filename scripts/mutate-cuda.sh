#!/usr/bin/env bash
# Plants one fault at a time in what makes a GPU's draws (a table's integer, a coefficient, a rule of the grid) and asks a test class to fail.
# Needs a Release build of TorchInit.Tests. Fails when a fault goes unnoticed; writes results/cuda-faults.md after a whole run.
#
#   scripts/mutate-cuda.sh [CLASS]     faults that this test class must notice; all of them without one
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/dotnet-sdk.sh"

root=$PWD
work=$root/artifacts/cuda-faults
tests=parity-tests/TorchInit.Tests/bin/Release/net10.0
export DOTNET_CLI_USE_MSBUILD_SERVER=0 MSBUILDDISABLENODEREUSE=1

# file|what stands there|what is planted|the class that must notice|what it is
faults='
Numerics/Cuda/HardwareTables.Sin.cs|0, 25737,|0, 25738,|HardwareTableTests|C1 of the first parabola of the sine, one more
Numerics/Cuda/HardwareTables.Sin.cs|2523, -1260|2523, -1261|HardwareTableTests|C2 of a late parabola of the sine, one less
Numerics/Cuda/HardwareTables.Sin.cs|-14, 3372904448|-14, 3372908544|HardwareTableTests|C0 of the second parabola of the sine, one step of 2¹²
Numerics/Cuda/HardwareTables.Lg2.cs|29509, 47272|29509, 47273|HardwareTableTests|C1 of the first parabola of the logarithm, one more
Numerics/Cuda/HardwareTables.Rsq.cs|-64024, 2900|-64025, 2900|HardwareTableTests|C1 of the second parabola of the inverse root, one less
Numerics/Cuda/HardwareTables.Rcp64H.cs|-64522, 1978|-64523, 1978|HardwareTableTests|C1 of the second parabola of the reciprocal, one less
Numerics/Cuda/HardwareMath.cs|(low >> (8 - k))|(low >> (7 - k))|HardwareTableTests|a partial product of the squarer, one column on
Numerics/Cuda/CudaMath.cs|0x3EAAAA78|0x3EAAAA79|CudaGoldenTests|a coefficient of the float32 logarithm, its last bit
Numerics/Cuda/CudaMath.cs|0x3F624924923BE72D|0x3F624924923BE73D|CudaGoldenTests|a coefficient of the float64 logarithm, bit 4
Numerics/Cuda/CudaMath.SinCos.cs|0x3FA5555555555551|0x3FA5555555555552|CudaGoldenTests|a coefficient of the float64 cosine, its last bits
Numerics/Cuda/CudaMath.ErfInv.cs|0x3E24AE0F|0x3E24AE10|HardwareTableTests|a coefficient of the inverse error function, its last bits
Kernels/Cuda/CudaNormalSteps.cs|0x3EAAAA78|0x3EAAAA79|CudaKernelTests|the same coefficient of the logarithm in the vector kernel
Kernels/Cuda/SquareBytes.cs|0x1F3F7FFF|0x1F3F7FFE|CudaKernelTests|a mask of the squarer in the vector kernel
Kernels/Cuda/ParabolaTable.cs|c1 \| c2 << 16|c1 \| (c2 + 1) << 16|CudaKernelTests|the rows of the table in the vector kernel
Kernels/Cuda/Lanes256.Cuda.cs|512u << 16|256u << 16|CudaKernelTests|a factor of the squarer in the vector kernel of 256 bits
Kernels/Cuda/PhiloxKeys.cs|(uint)round * Philox.Weyl1|(uint)(round + 1) * Philox.Weyl1|CudaKernelTests|the second key of Philox in the vector kernel
Kernels/Cuda/CudaNormalFloat64Kernel.cs|(h >>> 3 & one)|(h >>> 2 & one)|CudaFloat64KernelTests|a partial product of the squarer in the vector kernel of float64
Kernels/Cuda/CudaNormalFloat64Kernel.cs|quarter << 62|quarter << 61|CudaFloat64KernelTests|the half of the turn in the vector kernel of float64
Random/Philox.cs|0xBB67AE85|0xBB67AE87|CudaGoldenTests|a key of Philox
Distributions/Cuda/CudaLaunch.cs|/ BlockSize, gpu.Blocks)|/ BlockSize, gpu.Blocks - 1)|CudaGoldenTests|the most blocks, one less
Distributions/Cuda/CudaLaunch.cs|((count - 1) / (ThreadsOf|((count + 1) / (ThreadsOf|CudaGoldenTests|the step of the offset, at a multiple of a draw
Distributions/Cuda/CudaGrid.cs|const long Reach = int.MaxValue;|const long Reach = int.MaxValue / 2;|CudaHugeTests|where a fill is halved
Distributions/Cuda/CudaGrid.cs|unchecked(at.Start + Increment(count)), at.First|at.Start, at.First|CudaHugeTests|the offset that a halved fill wastes
Distributions/Cuda/CudaRule.cs|CountsTwoElementsADraw ? 2 : 4|CountsTwoElementsADraw ? 4 : 4|CudaGoldenTests|float64 elements of a draw
Distributions/Cuda/CudaUniform.cs|== To ? Elements.FromFloat<T>(From) : x|== To ? x : x|CudaKernelTests|the upper bound, kept
Numerics/Cuda/HardwareTables.Ex2.cs|92840, 2024|92840, 2028|CudaFunctionTests|C2 of the third parabola of the power of 2, one step
Numerics/Cuda/HardwareMath.cs|(-exponent - 1, Fraction|(-exponent, Fraction|CudaFunctionTests|the power of 2 of a negative number, twice as large
Numerics/Cuda/HardwareMath.cs|(fraction & 0xFFFF) << 1|(fraction & 0xFFFE) << 1|CudaFunctionTests|the last bit of the float32 reciprocal'"'"'s argument
Numerics/Cuda/CudaMath.Exp.cs|0x32A57060|0x32A57061|CudaFunctionTests|the low half of log₂ e in exp, its last bit
Numerics/Cuda/CudaMath.Exp.cs|0x3C095663|0x3C095664|CudaFunctionTests|a coefficient of expm1, its last bit
Numerics/Cuda/CudaMath.Exp.cs|0xBD563CAE|0xBD563CAF|CudaFunctionTests|a coefficient of tanh, its last bit
Numerics/Cuda/CudaMath.Exp.cs|0x3FE000000000000B|0x3FE000000000000C|CudaFunctionTests|a coefficient of the float64 exp, its last bit
Numerics/Cuda/CudaMath.Exp.cs|0x3FE0000000000005|0x3FE0000000000006|CudaFunctionTests|a coefficient of the float64 tanh, its last bit
Numerics/Cuda/CudaMath.Exp.cs|root * root|root * root * 1.0000001f|CudaFunctionTests|the small powers of log_normal_
Numerics/Cuda/CudaMath.Trigonometric.cs|0xBAB607ED|0xBAB607EE|CudaFunctionTests|a coefficient of the cosine, its last bit
Numerics/Cuda/CudaMath.Trigonometric.cs|0xA7C234C5|0xA7C30000|CudaFunctionTests|the last part of a quarter turn, its last two bytes
Numerics/Cuda/CudaMath.Trigonometric.cs|0xFC2757D1|0xFC2757D2|CudaFunctionTests|the digits of 2/π for large arguments
Numerics/Cuda/CudaMath.Trigonometric.cs|0x3FD555555555555E|0x3FD555555555555F|CudaLawTests|a coefficient of the float64 tangent, its last bit
Numerics/Cuda/CudaMath.Rsqrt.cs|0.375|0.3750001|CudaFunctionTests|a factor of the float64 inverse root
Numerics/Cuda/CudaMath.Power.cs|0x3C1D9856|0x3C1D9857|CudaNumberTests|a coefficient of the float32 power, its last bit
Numerics/Cuda/CudaMath.Power.cs|0xBC46A4CB00B9E7B0|0x3C46A4CB00B9E7B0|CudaNumberTests|the low half of 1/12 in the float64 power, its sign
Numerics/Cuda/CudaMath.FloorDivide.cs|(a - rest) * inverse|(a - rest) / b|CudaNumberTests|a quotient by division, not by the reciprocal
Numerics/Cuda/CudaConversion.cs|? int.MinValue : 0|? int.MinValue : 1|CudaNumberTests|NaN as an integer
Distributions/Cuda/CudaCauchyRule.cs|Math.Clamp(CudaUnits.Float(words[component]), Epsilon, 1 - Epsilon)|CudaUnits.Float(words[component])|CudaLawTests|the ends of cauchy_
Distributions/Cuda/CudaCauchyRule.cs|Math.PI * (CudaUnits.Double|MathF.PI * (CudaUnits.Double|CudaLawTests|π of the float64 cauchy_, as a float
Kernels/Cuda/PhiloxKernel.cs|TLanes.Xor(b, TLanes.Load(ref keys, 2 * PhiloxKeys.Lanes))|TLanes.Xor(b, TLanes.Load(ref keys, 3 * PhiloxKeys.Lanes))|CudaKernelTests|the keys of a round in the vector kernel, swapped
Distributions/Cuda/CudaBernoulliTensor.cs|(u <= Compared|(u < Compared|CudaMaskTests|a uniform that equals its probability
Distributions/Cuda/CudaDropout.cs|Math.Max(neighbours, PerDraw)|neighbours|CudaMaskTests|the half of a draw that two neighbours leave
'

rm -rf "$work" && mkdir -p "$work/src" "$work/tests"
cp -r Directory.*.props global.json .editorconfig "$work/"
cp -r src/TorchInit "$work/src/" && rm -rf "$work/src/TorchInit/bin"
cp -r "$tests/." "$work/tests/"
report=$work/report.md
printf '# Faults planted in a GPU'"'"'s draws\n\nWritten by `scripts/mutate-cuda.sh`: each was planted alone, and the tests of the class that it names failed.\n\n| file | fault | noticed by | tests that failed |\n|---|---|---|--:|\n' > "$report"
missed=0 planted=0
while IFS= read -r line; do
    [[ -n $line ]] || continue
    line=${line//\\|/$'\x01'}
    IFS='|' read -r file from to class what <<< "$line"
    if [[ -n ${1:-} && $class != "$1" ]]; then continue; fi
    from=${from//$'\x01'/|} to=${to//$'\x01'/|}
    source=$work/src/TorchInit/$file
    cp "src/TorchInit/$file" "$source"
    FROM=$from TO=$to python3 -I - "$source" << 'PYTHON'
import os, sys
path = sys.argv[1]
text = open(path, encoding="utf-8").read()
if os.environ["FROM"] not in text:
    sys.exit(os.environ["FROM"] + " is not in " + path)
open(path, "w", encoding="utf-8").write(text.replace(os.environ["FROM"], os.environ["TO"], 1))
PYTHON
    dotnet build "$work/src/TorchInit" -c Release -f net10.0 --nologo -v quiet -m:1 -p:RunAnalyzers=false > "$work/build.log" || { cat "$work/build.log"; exit 1; }
    cp "$work/src/TorchInit/bin/Release/net10.0/TorchInit.dll" "$work/tests/"
    (cd "$work/tests" && dotnet TorchInit.Tests.dll -noLogo -noColor -class "*.$class" -stopOnFail) > "$work/tests.log" 2>&1 || true
    failed=$(sed -nE 's/.*Failed: ([0-9]+).*/\1/p' "$work/tests.log" | tail -1)
    planted=$((planted + 1))
    if [[ ${failed:-0} == 0 ]]; then missed=$((missed + 1)); echo "not noticed: $what"; else echo "noticed by $class: $what"; fi
    name=$(sed -nE 's/^ *TorchInit\.Tests\.Cuda\.([A-Za-z]+\.[A-Za-z_0-9]+).*\[FAIL\].*/\1/p' "$work/tests.log" | head -1)
    printf '| `%s` | %s | `%s` | %s |\n' "$(basename "$file")" "$what" "${name:-$class}" "${failed:-0}" >> "$report"
    cp "src/TorchInit/$file" "$source"
done <<< "$faults"
echo "$((planted - missed)) of $planted faults were noticed"
[[ $missed == 0 ]] || exit 1
if [[ -n ${1:-} ]]; then exit 0; fi
sed 's/ | tests that failed |/ |/; s/|---|---|---|--:|/|---|---|---|/; s/ | [0-9]* |$/ |/' "$report" > results/cuda-faults.md
