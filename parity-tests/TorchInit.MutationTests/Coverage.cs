using System.Globalization;

namespace TorchInit.MutationTests;

/// <summary>
/// Which tests reach a change, and their seconds; read twice in one process, since what runs only once per process (a table made on first
/// use) must be asked about in a process of its own.
/// </summary>
sealed class Coverage
{
    /// <summary>Seconds of tests that are asked about one change: it decides how long a change that lives takes.</summary>
    const double MostSeconds = 3;

    readonly Dictionary<int, List<(int Test, double Seconds)>> _tests = [];
    readonly HashSet<int> _again = [];
    readonly Dictionary<int, double> _worth = [];

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
        foreach ((int test, _, int[] reached) in Lines(host))
        {
            _again.UnionWith(reached);
            _worth[test] = reached.Sum(id => _tests.TryGetValue(id, out List<(int, double)>? reaching) ? 1.0 / reaching.Count : 0);
        }
        Console.Error.Write(host.Errors);
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

    /// <summary>A test noticed a change: it is asked earlier about others.</summary>
    public void Noticed(int test)
    {
        lock (_worth) { _worth[test] = _worth.GetValueOrDefault(test) + 1; }
    }

    /// <summary>What to ask about a change: first the tests that, in their time, noticed most others or reach most that few tests
    /// reach.</summary>
    public (string Question, TimeSpan Limit) Question(Mutant mutant)
    {
        List<(int Test, double Seconds)> asked;
        lock (_worth)
        {
            asked = [.. _tests[mutant.Id].OrderByDescending(one => _worth.GetValueOrDefault(one.Test) / (one.Seconds + 0.01))];
        }
        double sum = 0;
        int last = asked.FindIndex(one => (sum += one.Seconds) > MostSeconds);
        if (last >= 0) { asked.RemoveRange(Math.Max(last, 1), asked.Count - Math.Max(last, 1)); }
        return ($"ask {mutant.Id} {string.Join(',', asked.Select(one => one.Test))}",
            TimeSpan.FromSeconds(10 + 5 * asked.Sum(one => one.Seconds)));
    }
}
