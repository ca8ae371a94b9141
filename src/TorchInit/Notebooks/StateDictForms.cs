namespace TorchInit;

/// <summary>A state dict in a notebook: a table of its tensors.</summary>
sealed class StateDictForms : NotebookForms<StateDict>
{
    static readonly string[] s_columns = ["tensor", "dtype", "shape", "#elements", "#mean", "#std", "#min", "#max", ""];

    protected override string Html(StateDict tensors)
    {
        long elements = tensors.Values.Sum(tensor => (long)tensor.Count);
        return HtmlText.Head("StateDict", $"{HtmlText.Count(tensors.Count)} tensors, {HtmlText.Count(elements)} elements")
            + HtmlText.Table(s_columns, tensors.Select(Row), tensors.Count);
    }

    static string[] Row(KeyValuePair<string, TensorBuffer> entry)
    {
        (string name, TensorBuffer tensor) = entry;
        Spread spread = Spread.Of(tensor);
        return
        [
            HtmlText.Text(name), tensor.DType.TorchName(), TensorShape.Text([.. tensor.Shape]), HtmlText.Count(tensor.Count),
            HtmlText.Number(spread.Mean), HtmlText.Number(spread.Std), HtmlText.Number(spread.Min), HtmlText.Number(spread.Max), spread.Svg,
        ];
    }
}
