namespace TorchInit;

/// <summary>A tensor in a notebook: dtype, shape, spread, and the values as torch prints them.</summary>
sealed class TensorForms : NotebookForms<TensorBuffer>
{
    protected override string Html(TensorBuffer tensor)
    {
        Spread spread = Spread.Of(tensor);
        string numbers = tensor.Count == 0 ? "no elements"
            : $"n = {HtmlText.Count(tensor.Count)}, mean {HtmlText.Number(spread.Mean)}, std {HtmlText.Number(spread.Std)}, "
                + $"{HtmlText.Number(spread.Min)} to "
                + $"{HtmlText.Number(spread.Max)}{(spread.NotFinite > 0 ? $", {HtmlText.Count(spread.NotFinite)} not finite" : "")}";
        return $"{HtmlText.Head($"{tensor.DType.TorchName()} {TensorShape.Text([.. tensor.Shape])}", numbers)}{spread.Svg}"
            + $"<pre>{HtmlText.Text(TensorText.Of(tensor))}</pre>";
    }
}
