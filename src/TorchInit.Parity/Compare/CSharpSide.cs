using System.Security.Cryptography;
using System.Text;

namespace TorchInit.Parity;

/// <summary>The C# answer to a case: tensors or a refusal, and the generator after.</summary>
sealed class CSharpSide
{
    const int MostResets = 1 << 20;   // as many as torch_oracle.py takes

    readonly Dictionary<string, bool[]> _undefined = new(StringComparer.Ordinal);

    CSharpSide(Generator generator) => Generator = generator;

    /// <summary>The tensors of all calls; if one was refused, of those before it.</summary>
    public StateDict Tensors { get; } = new();

    public Generator Generator { get; }

    public Promise Promise { get; private set; } = Promise.SameBits;

    public Exception? Refusal { get; private set; }

    /// <summary>How many calls were answered; if one was refused, its number.</summary>
    public int Answered { get; private set; }

    /// <summary>The generator's state before the call that was refused; null for the first, and if none was.</summary>
    public byte[]? StateBefore { get; private set; }

    /// <summary>Whether the arguments themselves were refused: C# then draws nothing; a torch constructor may have drawn part.</summary>
    public bool RefusedTheCall { get; private set; }

    /// <summary>The refusal's Python class, or its .NET class if it is not one of torch's.</summary>
    public string RefusalKind { get; private set; } = "";

    /// <summary>Elements that torch leaves undefined; here they are zeros.</summary>
    public IReadOnlyDictionary<string, bool[]> Undefined => _undefined;

    /// <summary>Draws the case. Tensors of several calls get the names 0, 1, ….</summary>
    public static CSharpSide Of(ParityCase item, TorchProfile profile)
    {
        CSharpSide side = new(new(seed: 0, profile));
        Stage stage = Stage.Call;
        try
        {
            side.Generator.ManualSeed(TorchInit.Generator.ParseSeed(item.Seed));
            foreach (string call in item.Calls)
            {
                stage = Stage.Call;
                if (side.Answered > 0) { side.StateBefore = side.Generator.GetState(); }
                InitPlan plan = InitPlan.Of(call, profile);
                stage = Stage.Draw;
                StateDict drawn = plan.Materialize(side.Generator, item.DType);
                stage = Stage.Reset;
                ArgumentOutOfRangeException.ThrowIfGreaterThan(item.Reset, MostResets);
                for (int reset = 0; reset < item.Reset; reset++) { plan.ResetParameters(drawn, side.Generator); }
                side.Add(plan, item, drawn);
            }
            side.StateBefore = null;
        }
        // Any exception belongs to this case: a fault of ours is one case's mismatch, not the end of the run.
        catch (Exception error) when (error is not OperationCanceledException)
        {
            side.Refusal = error;
            side.RefusedTheCall = stage == Stage.Call;
            side.RefusalKind = error switch
            {
                TorchArgumentException torch => torch.TorchKind,
                InvalidOperationException when stage == Stage.Reset
                    => "AttributeError",   // a missing reset_parameters is a missing attribute
                _ => error.GetType().Name,
            };
        }
        return side;
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

    void Add(InitPlan plan, ParityCase item, StateDict drawn)
    {
        Promise own = Promise.For(plan, item.DType);
        if (own.Tolerance > Promise.Tolerance) { Promise = own; }
        IReadOnlyDictionary<string, bool[]> undefined = UndefinedElements.Of(plan, item.Reset);
        foreach ((string name, TensorBuffer tensor) in UndefinedElements.Cleared(drawn, undefined))
        {
            string unique = item.IsSequence ? $"{Answered}{name}" : name;
            Tensors.Add(unique, tensor);
            if (undefined.TryGetValue(name, out bool[]? elements)) { _undefined.Add(unique, elements); }
        }
        Answered++;
    }

    enum Stage
    {
        Call,
        Draw,
        Reset,
    }
}
