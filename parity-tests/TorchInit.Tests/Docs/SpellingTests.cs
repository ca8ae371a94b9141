using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace TorchInit.Tests.Docs;

/// <summary>Hunspell reads every document and notebook; words of the field are in words.txt.</summary>
public partial class SpellingTests
{
    const string Words = "parity-tests/TorchInit.Tests/Docs/words.txt";

    [Fact]
    public void Words_are_spelt_as_Hunspell_knows_them()
    {
        HashSet<string> known = [.. Repository.Read(Words).Split('\n')];
        Violations.None($"Unknown words (words of the field go to {Words})",
            from document in Document.All
            where !document.Path.EndsWith("zh-CN.md", StringComparison.Ordinal) && document.Path != "THIRD-PARTY-NOTICES.md"
            let text = string.Join('\n', document.Prose)
            from word in Unknown(NotWords().Replace(text.Replace('’', '\''), " ")).Distinct()
            where !known.Contains(word) && !known.Contains(word.ToLowerInvariant())
            orderby word
            select $"{document.Path}: {word}");
    }

    [Fact]
    public void The_list_of_words_is_sorted_and_all_of_it_is_used()
    {
        string[] words = Repository.Read(Words).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(words.Order(StringComparer.Ordinal).Distinct(), words);
        string all = string.Join('\n', Document.All.SelectMany(document => document.Prose)).Replace('’', '\'');
        Violations.None("Words that no document has", words.Where(word => !all.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }

    static string[] Unknown(string text)
    {
        ProcessStartInfo start = new("hunspell", ["-d", "en_GB", "-i", "utf-8", "-l"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true
        };
        try
        {
            using Process hunspell = Process.Start(start)!;
            Task<string> answers = hunspell.StandardOutput.ReadToEndAsync();
            hunspell.StandardInput.Write(text);
            hunspell.StandardInput.Close();
            hunspell.WaitForExit();
            Assert.True(hunspell.ExitCode == 0, "hunspell has no dictionary of British English: apt-get install hunspell-en-gb");
            return answers.GetAwaiter().GetResult().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (Win32Exception) when (Environment.GetEnvironmentVariable("TORCHINIT_REQUIRE_LIVE") != "1")
        {
            Assert.Skip("No hunspell: apt-get install hunspell hunspell-en-gb");
            throw;
        }
    }

    // Names with digits, dots, underscores or capitals inside, and everything that is no letter.
    [GeneratedRegex(@"[\w./]*(?:\d|_|\w\.\w|\p{Ll}\p{Lu}|\p{Lu}{2}\p{Ll})[\w./]*|[^\p{L}'\s]")]
    private static partial Regex NotWords();
}
