using System.Globalization;

namespace TorchInit.Parity;

/// <summary>How far this library's statistics are from SciPy's, over all points of one quantity.</summary>
/// <param name="Name">The quantity, and the SciPy function that gives it.</param>
/// <param name="Points">How many points.</param>
/// <param name="Relative">Whether differences are divided by SciPy's answer.</param>
/// <param name="Largest">The largest difference.</param>
/// <param name="Tolerance">The largest difference allowed; the reason is given where the point is defined.</param>
public sealed record SciPyAgreement(string Name, int Points, bool Relative, double Largest, double Tolerance)
{
    const string File = "scipy-answers.tsv";

    // Half a second of statistics, which every kind of report shows.
    static readonly Lazy<IReadOnlyList<SciPyAgreement>> s_recorded = new(Read);

    /// <summary>Whether every point is within the tolerance.</summary>
    public bool Agrees => Largest <= Tolerance;

    /// <summary>The SciPy version whose answers are recorded; the live tests use whichever is installed.</summary>
    public static string RecordedVersion => Lines().First().Value;

    /// <summary>The agreement with the recorded answers; they are embedded in this assembly, so SciPy is not needed.</summary>
    /// <exception cref="InvalidDataException">The recorded answers belong to other questions.</exception>
    public static IReadOnlyList<SciPyAgreement> Recorded() => s_recorded.Value;

    static IReadOnlyList<SciPyAgreement> Read()
    {
        (string Name, double Answer)[] answers = [.. Lines().Skip(1)
            .Select(line => (line.Name, double.Parse(line.Value, CultureInfo.InvariantCulture)))];
        SciPyQuestion[] questions = [.. SciPyGrid.Questions()];
        return questions.Select(question => question.Name).SequenceEqual(answers.Select(answer => answer.Name))
            ? With(questions, [.. answers.Select(answer => answer.Answer)])
            : throw new InvalidDataException($"{File} has answers to other questions; APPROVE=1 and the live test record new ones.");
    }

    /// <summary>The agreement with given answers, in the order of the questions.</summary>
    /// <exception cref="InvalidDataException">There is not one answer per question: an unanswered question would agree with
    /// everything.</exception>
    internal static IReadOnlyList<SciPyAgreement> With(IReadOnlyCollection<SciPyQuestion> questions, IReadOnlyCollection<double> answers)
        => questions.Count != answers.Count
            ? throw new InvalidDataException($"SciPy gave {answers.Count} answers to {questions.Count} questions; allowed: one each.")
            : [.. questions.Zip(answers).GroupBy(pair => pair.First.Name)
            .Select(group => new SciPyAgreement(SciPyGrid.Meanings[group.Key], group.Count(), group.First().First.Relative,
            group.Max(pair => pair.First.Distance(pair.Second)), group.First().First.Tolerance))];

    /// <summary>The file of recorded answers: the version, then name and answer of each question.</summary>
    internal static string TextOf(string version, IEnumerable<SciPyQuestion> questions, IEnumerable<double> answers)
        => $"scipy\t{version}\n"
            + string.Concat(questions.Zip(answers,
            (question, answer) => string.Create(CultureInfo.InvariantCulture, $"{question.Name}\t{answer:R}\n")));

    static IEnumerable<(string Name, string Value)> Lines() => GoldenSet.Text(File).Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split('\t')).Select(parts => (parts[0], parts[1]));

    /// <summary>One line of a table.</summary>
    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture,
        $"{Name}: {Points} points, largest {(Relative ? "relative" : "absolute")} difference {Largest:G2}, allowed {Tolerance:G2}");
}
