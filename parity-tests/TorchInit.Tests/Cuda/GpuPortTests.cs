using InitNotebooks;

namespace TorchInit.Tests.Cuda;

/// <summary>What ports of Philox make of a GPU's words, counted (docs/cuda.md has the table).</summary>
public class GpuPortTests
{
    [Fact]
    public void Normals_of_ports()
        => Assert.Equal("""
            the C library's logarithm and sine: 804830 of 1000000, up to 3302937 ULP
            the C library's sine, CUDA's logarithm: 802555 of 1000000, up to 3302937 ULP
            the hardware's sine, the C library's logarithm: 36250 of 1000000, up to 2 ULP
            all in float64, rounded at the end: 827194 of 1000000, up to 3174143 ULP
            the cosine first, then the sine: 1000000 of 1000000, up to 2163433805 ULP
            element i from thread i, whatever the grid: 729664 of 1000000, up to 2160071917 ULP
            the CPU's generator: 1000000 of 1000000, up to 2159664882 ULP
            """, Text(GpuPorts.OfNormals()));

    [Fact]
    public void Uniforms_of_ports()
        => Assert.Equal("""
            the upper 24 bits · 2⁻²⁴: 663876 of 1000000, up to 5554176 ULP
            w · 2⁻³², without the half step: 2967 of 1000000, up to 16384 ULP
            (w + ½) · 2⁻³² in float64, rounded once: 7737 of 1000000, up to 1 ULP
            """, Text(GpuPorts.OfUniforms()));

    [Fact]
    public void The_drawn_sine_is_the_hardwares()
    {
        Assert.Equal(64, GpuSine.Parabolas.Count);
        Assert.Equal((0f, 1f, 0f), (GpuSine.Of(0), GpuSine.Of(GpuSine.Turn / 4), GpuSine.Of(GpuSine.Turn / 2)));
        for (int k = 0; k < GpuSine.Turn / 4; k += 4099) { Assert.InRange(GpuSine.Error(k), -3, 3); }
    }

    static string Text(IEnumerable<PortMistake> mistakes)
        => string.Join('\n', mistakes.Select(mistake => string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"{mistake.Name}: {mistake.Differing} of {mistake.Count}, up to {mistake.MostUlps} ULP")));
}
