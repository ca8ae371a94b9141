using System.Security.Cryptography;
using System.Text;

namespace TorchInit.Parity;

/// <summary>The C# answer to a case: tensors or a refusal, and the generator after.</summary>
sealed class CSharpSide
{
    CSharpSide(StateDict tensors, Generator generator, Promise promise, Exception? refusal = null, bool refusedTheCall = false)
        => (Tensors, Generator, Promise, Refusal, RefusedTheCall) = (tensors, generator, promise, refusal, refusedTheCall);

    public StateDict Tensors { get; }

    public Generator Generator { get; }

    public Promise Promise { get; }

    public Exception? Refusal { get; }

    /// <summary>Whether the arguments themselves were refused: C# then draws nothing, where a torch constructor may be half done.</summary>
    public bool RefusedTheCall { get; }

    /// <summary>Python's class of the refusal; what has no reset_parameters is an attribute that is not there.</summary>
    public string RefusalKind => Refusal switch
    {
        TorchArgumentException torch => torch.TorchKind,
        InvalidOperationException => "AttributeError",
        _ => Refusal?.GetType().Name ?? "",
    };

    /// <summary>Draws the case. Tensors of several calls get the names 0, 1, ….</summary>
    public static CSharpSide Of(ParityCase item, TorchProfile profile)
    {
        Generator generator = new(TorchInit.Generator.ParseSeed(item.Seed), profile);
        StateDict tensors = new();
        Promise promise = Promise.SameBits;
        bool drawing = false;
        try
        {
            string[] calls = [.. item.Calls];
            for (int at = 0; at < calls.Length; at++)
            {
                drawing = false;
                InitPlan plan = InitPlan.Of(calls[at], profile);
                drawing = true;
                Promise own = Promise.For(plan, item.DType);
                if (own.Tolerance > promise.Tolerance) { promise = own; }
                StateDict drawn = plan.Materialize(generator, item.DType);
                for (int reset = 0; reset < item.Reset; reset++) { plan.ResetParameters(drawn, generator); }
                foreach ((string name, TensorBuffer tensor) in drawn) { tensors.Add(calls.Length == 1 ? name : $"{at}{name}", tensor); }
            }
            return new(tensors, generator, promise);
        }
        catch (Exception error) when (error is ArgumentException or NotInThisTorchException or InvalidOperationException)
        {
            return new(new(), generator, promise, error, refusedTheCall: !drawing);
        }
    }

    /// <summary>sha256 over each tensor's name and bytes, in order, as 64 hexadecimal digits; a single operation has the name "".</summary>
    public string Sha256(bool named)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((string name, TensorBuffer tensor) in Tensors)
        {
            if (named) { hash.AppendData(Encoding.UTF8.GetBytes(name)); }
            tensor.VisitBytes(hash.AppendData);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
