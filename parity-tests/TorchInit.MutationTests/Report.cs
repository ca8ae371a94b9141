using System.Text.Json;

namespace TorchInit.MutationTests;

/// <summary>What became of every change, as a file in dotnet-stryker's format and as a share.</summary>
sealed class Report(string path, IReadOnlyDictionary<string, string> sources, IReadOnlyList<Mutant> mutants)
{
    /// <summary>The changes that tests noticed, and all that compiled.</summary>
    public (int Noticed, int All) Score => (mutants.Count(mutant => mutant.Status.IsNoticed()),
        mutants.Count(mutant => mutant.Status is not MutantStatus.CompileError));

    public int Alive => mutants.Count(mutant => mutant.Status is MutantStatus.Survived);

    public void Write()
    {
        var files = mutants.GroupBy(mutant => mutant.File).ToDictionary(file => file.Key, file => new
        {
            source = sources[file.Key],
            mutants = file.Select(mutant => new
            {
                id = mutant.Id,
                status = mutant.Status.ToString(),
                location = mutant.Location,
                replacement = mutant.Replacement,
            }),
        });
        File.WriteAllText(path + ".partial", JsonSerializer.Serialize(new { files }));
        File.Move(path + ".partial", path, overwrite: true);
    }
}
