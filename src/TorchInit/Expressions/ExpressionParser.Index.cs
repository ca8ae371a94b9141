namespace TorchInit.Syntax;

sealed partial class ExpressionParser
{
    /// <summary>[a], [a:b:c], [a, :, None, ...]: a slice becomes the call <c>slice(a, b, c)</c>, as in Python.</summary>
    TorchValue Index()
    {
        Open('[');
        List<TorchValue> items = [];
        bool isTuple = false;
        while (!Is(']'))
        {
            items.Add(IndexItem());
            if (Is(']')) { break; }
            Expect(',', ']');
            isTuple = true;
        }
        if (items.Count == 0) { throw Expected("an index"); }
        Close(']');
        return isTuple ? Counted(new TorchTuple(items)) : items[0];
    }

    TorchValue IndexItem()
    {
        if (Is('.') && IsAt(_next + 1, '.') && IsAt(_next + 2, '.'))
        {
            for (int i = 0; i < 3; i++) { Take(); }
            return new TorchCall("Ellipsis");
        }
        TorchValue first = Is(':') ? TorchNone.Instance : Value();
        if (!Is(':')) { return first; }
        TorchValue[] bounds = [first, TorchNone.Instance, TorchNone.Instance];
        for (int at = 1; at < bounds.Length && Is(':'); at++)
        {
            Take();
            if (!Is(':') && !Is(']') && !Is(',')) { bounds[at] = Value(); }
        }
        return new TorchCall("slice", bounds);
    }
}
