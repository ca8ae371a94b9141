namespace TorchInit;

/// <summary>A generator in a notebook: its seed and its next words.</summary>
sealed class GeneratorForms : NotebookForms<Generator>
{
    protected override string Html(Generator generator)
    {
        Generator ahead = generator.Clone();
        string next = string.Join(' ', Enumerable.Range(0, 4).Select(_ => $"{ahead.NextUInt32():x8}"));
        string cached = generator.HasCachedNormal ? ", one cached normal" : "";
        return HtmlText.Head($"Generator, seed {generator.InitialSeed}", $"{generator.Profile}{cached}")
            + $"<div>next words: <code>{next} …</code></div>";
    }
}
