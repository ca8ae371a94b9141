using System.Diagnostics;
using System.Text.Json;
using TorchInit.ParityTests.Support;
using TorchInit.Tests;

namespace TorchInit.ParityTests.Cases;

/// <summary>Epochs of DataLoaders against live torch: their orders, base seeds and the seeds of real worker processes.</summary>
public class LoaderTests(LiveTorch live)
{
    const string Program = """
        torch.manual_seed(5)
        loader = torch.utils.data.DataLoader(range(10), batch_size=4, shuffle=True)
        a = list(loader)
        b = list(loader)
        c = list(loader)
        after = torch.randint(0, 2**31, (3,))
        g = torch.Generator()
        g.manual_seed(42)
        given = torch.utils.data.DataLoader(range(10), batch_size=4, shuffle=True, generator=g)
        d = list(given)
        e = list(given)
        f = list(given)
        untouched = torch.randint(0, 2**31, (3,))
        """;

    [Fact]
    public async Task Epochs_and_workers_are_torchs()
    {
        JsonElement torch = await Ask();
        TorchProgram program = TorchProgram.Parse(Program);
        StateDict ours = program.ToPlan(Parity.LiveProfile.Of(live.Oracle().Info)).Materialize(program.Seed!.Value);
        foreach ((string name, string epochs) in new[] { ("plain", "abc"), ("given", "def") })
        {
            Assert.Equal($"{torch.GetProperty(name)}".Replace(" ", "", StringComparison.Ordinal),
                $"[{string.Join(',', epochs.Select(epoch => $"[{string.Join(',', Batches(ours, epoch))}]"))}]");
        }
        foreach (string name in new[] { "after", "untouched" })
        {
            Assert.Equal(torch.GetProperty(name).EnumerateArray().Select(number => number.GetInt64()), [.. ours[name].AsSpan<long>()]);
        }
        Assert.Equal(Seeds(torch, "workers"), Workers(new Generator(5)));
        Assert.Equal(Seeds(torch, "workers_given"), Workers(new Generator(42)));
    }

    static IEnumerable<string> Batches(StateDict ours, char epoch) => ours.Keys.Where(name => name.StartsWith($"{epoch}.",
        StringComparison.Ordinal)).Select(name => $"[{string.Join(',', ours[name].AsSpan<long>().ToArray())}]");

    static long[] Seeds(JsonElement torch, string name) => [.. torch.GetProperty(name).EnumerateArray()
        .SelectMany(epoch => epoch.EnumerateArray()).Select(batch => batch[0].GetInt64())];

    /// <summary>Of two epochs of five items, which two workers take in turns.</summary>
    static long[] Workers(Generator generator) => [.. from epoch in Enumerable.Range(0, 2)
                                                      let seed = Samplers.BaseSeed(generator)
                                                      from item in Enumerable.Range(0, 5)
                                                      select Samplers.WorkerSeed(seed, item % 2)];

    async Task<JsonElement> Ask()
    {
        string script = Path.Combine(Repository.Root, "parity-tests", "TorchInit.ParityTests", "Cases", "loader_epochs.py");
        ProcessStartInfo start = new(live.Oracle().Python.Path, ["-I", script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string answer = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        return JsonElement.Parse(answer);
    }
}
