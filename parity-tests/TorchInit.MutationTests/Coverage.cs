using System.Globalization;

namespace TorchInit.MutationTests;

/// <summary>
/// Which tests reach a change, the shortest first, and their seconds; read twice in one process, since what runs only once per process (a
/// table made on first use) must be asked about in a process of its own.
/// </summary>
sealed class Coverage
{
    /// <summary>Seconds of tests that are asked about one change: it decides how long a change that lives takes.</summary>
    const double MostSeconds = 3;

    readonly Dictionary<int, List<(int Test, double Seconds)>> _tests = [];
    readonly HashSet<int> _again = [];

    public Coverage(string program)
    {
        using Host host = new(program);
        foreach ((int test, double seconds, int[] reached) in Lines(host))
        {
            foreach (int id in reached)
            {
                if (!_tests.TryGetValue(id, out List<(int, double)>? reaching)) { _tests.Add(id, reaching = []); }
                reaching.Add((test, seconds));
            }
        }
        foreach ((_, _, int[] reached) in Lines(host)) { _again.UnionWith(reached); }
        Console.Error.Write(host.Errors);
        foreach (List<(int Test, double Seconds)> reaching in _tests.Values)
        {
            reaching.Sort((one, other) => one.Seconds.CompareTo(other.Seconds));
            double sum = 0;
            int last = reaching.FindIndex(one => (sum += one.Seconds) > MostSeconds);
            if (last >= 0) { last = Math.Max(last, 1); reaching.RemoveRange(last, reaching.Count - last); }
        }
    }

    /// <summary>The tests that passed, and the changes that each reached.</summary>
    static IEnumerable<(int Test, double Seconds, int[] Reached)> Lines(Host host)
    {
        host.Send("cover");
        while (host.Read(TimeSpan.FromMinutes(10)) is var line && line != "end")
        {
            string[] words = (line ?? throw new InvalidOperationException("The tests died without a change:\n" + host.Errors)).Split(' ');
            if (words[2] != "True") { continue; }
            int[] reached = [.. words[3].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Worker.Number)];
            yield return (Worker.Number(words[0]), double.Parse(words[1], CultureInfo.InvariantCulture), reached);
        }
    }

    public bool IsReached(Mutant mutant) => _tests.ContainsKey(mutant.Id);

    public bool IsOncePerProcess(Mutant mutant) => !_again.Contains(mutant.Id);

    public string Question(Mutant mutant) => $"ask {mutant.Id} {string.Join(',', _tests[mutant.Id].Select(reaching => reaching.Test))}";

    public TimeSpan Limit(Mutant mutant) => TimeSpan.FromSeconds(10 + 5 * _tests[mutant.Id].Sum(reaching => reaching.Seconds));
}
