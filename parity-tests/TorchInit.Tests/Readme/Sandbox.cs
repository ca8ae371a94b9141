using System.Globalization;

namespace TorchInit.Tests.Readme;

/// <summary>
/// Runs something in an empty working directory and keeps what it prints. Console and working directory are the process's: only tests of
/// the collection <see cref="Name"/>, which runs alone, may use it.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Sandbox
{
    public const string Name = "Console and working directory";

    /// <returns>What was printed on either stream, with "\n" line ends.</returns>
    internal static string Run(Action action)
    {
        CheckRunsAlone(TestContext.Current.TestCollection?.TestCollectionDisplayName ?? Name);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("readme-");
        (TextWriter output, TextWriter error, string previous) = (Console.Out, Console.Error, Environment.CurrentDirectory);
        // The command has the invariant culture by its project file, and what documents print was printed with it.
        CultureInfo culture = CultureInfo.CurrentCulture;
        var printed = new StringWriter();
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            Environment.CurrentDirectory = folder.FullName;
            Console.SetOut(printed);
            Console.SetError(printed);
            action();
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
            Console.SetOut(output);
            Console.SetError(error);
            Environment.CurrentDirectory = previous;
            folder.Delete(recursive: true);
        }
        return printed.ToString().ReplaceLineEndings("\n");
    }

    /// <summary>Fails every time what otherwise fails only when two tests meet.</summary>
    static void CheckRunsAlone(string collection)
    {
        if (collection != Name)
        {
            throw new InvalidOperationException($"A test of the collection \"{collection}\" uses the console and the working directory, "
                + $"which are the process's; its class needs [Collection({nameof(Sandbox)}.{nameof(Name)})].");
        }
    }
}
