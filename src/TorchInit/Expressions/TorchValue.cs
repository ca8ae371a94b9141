namespace TorchInit.Syntax;

/// <summary>A value in torch's syntax, as data: what a constructor call may contain. Nothing is ever executed.</summary>
public abstract record TorchValue
{
    private protected TorchValue() { }

    /// <summary>The Python source: <c>None</c>, <c>0.1</c>, <c>(3,)</c>, <c>Linear(3, 4, bias=False)</c>.
    /// <see cref="TorchExpression.Parse"/> reads a call back.</summary>
    public sealed override string ToString() => PythonText.Of(this);

    /// <summary>
    /// One line of JSON: null, true, integers, strings and arrays directly; <c>{"float":"0.1"}</c> by Python's repr,
    /// <c>{"tuple":[…]}</c>, <c>{"transpose":{"tuple":[…]}}</c>, <c>{"dtype":"float64"}</c>, <c>{"dict":[["a",3]]}</c> or
    /// <c>{"ordered_dict":…}</c>, <c>{"call":"Linear","args":[3,4],"kwargs":{"bias":false}}</c>, with <c>"forward":[2,3]</c> after a first
    /// input.
    /// </summary>
    public string ToJson() => TorchValueJson.Of(this);
}
