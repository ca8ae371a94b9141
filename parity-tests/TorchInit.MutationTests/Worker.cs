using System.Globalization;
using System.Reflection;

namespace TorchInit.MutationTests;

/// <summary>A process with the planted library: says which tests reach which change, and asks tests about one change.</summary>
static class Worker
{
    static readonly Type s_switch = typeof(InitPlan).Assembly.GetType("TorchInit.MutationSwitch")
        ?? throw new InvalidOperationException("The library beside this program has no planted changes.");

    static readonly bool[] s_reached = (bool[])s_switch.GetField("Reached", BindingFlags.Static | BindingFlags.NonPublic)!.GetValue(null)!;
    static readonly FieldInfo s_active = s_switch.GetField("Active", BindingFlags.Static | BindingFlags.NonPublic)!;

    public static async Task Run()
    {
        TextWriter answers = Console.Out;
        Console.SetOut(TextWriter.Null);
        await using TestCases tests = new();
        await tests.Find();
        await answers.WriteLineAsync($"ready {tests.Count}");
        await answers.FlushAsync();
        while (await Console.In.ReadLineAsync() is { } line)
        {
            string[] words = line.Split(' ');
            if (words[0] == "cover") { await Cover(tests, answers); }
            else { await answers.WriteLineAsync(await Ask(tests, Number(words[1]), [.. words[2].Split(',').Select(Number)])); }
            await answers.FlushAsync();
        }
    }

    static async Task Cover(TestCases tests, TextWriter answers)
    {
        Array.Clear(s_reached);
        await tests.Run(Enumerable.Range(0, tests.Count), (number, seconds, passed) =>
        {
            if (!passed) { Console.Error.WriteLine($"left out, since it fails without a change: {tests.Name(number)}"); }
            IEnumerable<int> ids = Enumerable.Range(0, s_reached.Length).Where(id => s_reached[id]);
            answers.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{number} {seconds} {passed} {string.Join(',', ids)}"));
            Array.Clear(s_reached);
            return true;
        });
        await answers.WriteLineAsync("end");
    }

    /// <summary>"killed" and the number of a test that passes without the change; "alive"; "spoiled" if that test fails without it,
    /// too.</summary>
    static async Task<string> Ask(TestCases tests, int mutant, int[] numbers)
    {
        int killer = -1;
        for (int first = 0, size = 16; first < numbers.Length && killer < 0; first += size, size *= 2)
        {
            s_active.SetValue(null, mutant);
            await tests.Run(numbers.Skip(first).Take(size), (number, _, passed) =>
            {
                if (!passed) { killer = number; }
                return passed;
            });
        }
        s_active.SetValue(null, -1);
        if (killer < 0) { return "alive"; }
        bool isSpoiled = false;
        await tests.Run([killer], (_, _, passed) => { isSpoiled = !passed; return true; });
        return isSpoiled ? "spoiled" : $"killed {killer}";
    }

    /// <summary>A number of the questions and answers, which are lines of words.</summary>
    public static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
