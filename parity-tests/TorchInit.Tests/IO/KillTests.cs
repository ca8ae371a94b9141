using System.Diagnostics;

namespace TorchInit.Tests.IO;

/// <summary>
/// <c>torchinit materialize</c> as a process that is killed. Each test run kills a few; the hundred of them, 20 power cuts and 50 pairs of
/// writers take some minutes and are run by hand: <c>dotnet TorchInit.Tests.dll -explicit only -class "*KillTests" -showLiveOutput</c>.
/// </summary>
public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    const long Rows = 9000, Columns = 9000;          // 324 MB: two flushes and the rest

    readonly string _folder = Directory.CreateTempSubdirectory("kills-").FullName;
    readonly Random _random = new(16);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string Target => Path.Combine(_folder, "model.safetensors");

    [Fact]
    public void A_few_kills_and_power_cuts_never_mix_two_models() => KillAndCut(kills: 4, cuts: 2);

    [Fact(Explicit = true)]
    public void A_hundred_kills_and_twenty_power_cuts_never_mix_two_models() => KillAndCut(kills: 100, cuts: 20);

    [Fact]
    public void A_few_pairs_of_writers_leave_the_file_of_one() => WriteAtOnce(rounds: 2);

    [Fact(Explicit = true)]
    public void Fifty_pairs_of_writers_leave_the_file_of_one() => WriteAtOnce(rounds: 50);

    void KillAndCut(int kills, int cuts)
    {
        (string Plan, string Hash)[] models = Models(Rows, Columns);
        int killed = 0, cut = 0, files = 0, wasCounted = 0;
        while (killed < kills || cut < cuts)
        {
            // Most kills are of the model that is finished then: a run that starts anew has nothing to mix.
            int last = _random.Next(2);
            for (int k = _random.Next(1, 4); k > 0; k--)
            {
                if (Kill(models[_random.Next(4) == 0 ? 1 - last : last].Plan)) { killed++; }
                if (new FileInfo(Interrupted.Sums(Interrupted.PartialOf(Target))) is { Exists: true, Length: > 0 }) { wasCounted++; }
            }
            if (cut < cuts && _random.Next(kills) < 2 * cuts)
            {
                output.WriteLine(Interrupted.CutPower(Target, cut++, _random));
            }
            using Process run = Start(models[last].Plan);
            (int code, string said) = End(run);
            Assert.True(code == 0, said);
            Assert.True(models[last].Hash == Interrupted.HashOf(Target), $"file {files} is not its model's");
            Assert.False(File.Exists(Interrupted.PartialOf(Target)));
            File.Delete(Target);
            files++;
        }
        output.WriteLine($"{killed} kills ({wasCounted} left pieces that count), {cut} power cuts, {files} files finished: 0 mixed");
    }

    void WriteAtOnce(int rounds)
    {
        (string Plan, string Hash)[] models = Models(500, 400);
        int both = 0, one = 0;
        for (int round = 0; round < rounds; round++)
        {
            Process[] runs = [.. models.Select(model => Start(model.Plan))];
            (int Code, string Said)[] ends = [.. runs.Select(End)];
            string there = Interrupted.HashOf(Target);
            Assert.True(ends.All(end => end.Code == 0 || end.Code == 4
                && end.Said.Contains("is being written by", StringComparison.Ordinal)), string.Join('\n', ends));
            Assert.True(models.Zip(ends).Any(run => run.Second.Code == 0 && run.First.Hash == there),
                $"round {round}: the file is of nobody who ended well");
            if (ends.All(end => end.Code == 0)) { both++; } else { one++; }
            Assert.Equal([Path.GetFileName(Target), "plan0.json", "plan1.json"], Directory.GetFileSystemEntries(_folder)
                .Select(Path.GetFileName).Order(StringComparer.Ordinal));
            foreach (Process run in runs) { run.Dispose(); }
        }
        output.WriteLine($"{rounds} pairs of writers: one refused in {one}, one after the other in {both}");
    }

    (string Plan, string Hash)[] Models(long rows, long columns) =>
    [
        .. ((double[])[0.31, 0.29]).Select((bound, i) =>
        {
            string plan = Path.Combine(_folder, $"plan{i}.json");
            File.WriteAllText(plan, PlanJson.Write(Interrupted.Model(bound, rows, columns)));
            using Process run = Start(plan);
            (int code, string said) = End(run);
            Assert.True(code == 0, said);
            string hash = Interrupted.HashOf(Target);
            File.Delete(Target);
            return (plan, hash);
        }),
    ];

    /// <summary>Kills a run when the file or its sums have reached a random length, now and then after a random time.</summary>
    /// <returns>False where it ended before.</returns>
    bool Kill(string plan)
    {
        using Process run = Start(plan);
        long length = _random.NextInt64(4 * Rows * Columns);
        int patience = _random.Next(5) == 0 ? _random.Next(2000) : int.MaxValue;
        FileInfo partial = new(Interrupted.PartialOf(Target)), sums = new(Interrupted.Sums(partial.FullName));
        // 9 sums of 8 bytes with each flush
        (FileInfo watched, long least) = _random.Next(2) == 0 ? (partial, length) : (sums, 100 * _random.Next(2));
        for (Stopwatch clock = Stopwatch.StartNew(); !run.HasExited && clock.ElapsedMilliseconds < patience; watched.Refresh())
        {
            if (watched.Exists && watched.Length > least) { break; }
            Thread.Sleep(1);
        }
        bool killed = !run.HasExited;
        run.Kill();
        End(run);
        return killed;
    }

    Process Start(string plan)
    {
        ProcessStartInfo start = new("dotnet",
            [Path.Combine(AppContext.BaseDirectory, "TorchInit.Cli.dll"), "materialize", plan, "-o",
            Target])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        return Process.Start(start)!;
    }

    static (int Code, string Said) End(Process run)
    {
        Task<string> said = run.StandardOutput.ReadToEndAsync(), error = run.StandardError.ReadToEndAsync();
        run.WaitForExit();
        return (run.ExitCode, said.Result + error.Result);
    }
}
