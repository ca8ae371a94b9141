namespace TorchInit.Parity;

/// <summary>The C# answer to a random call: tensors or an exception, warnings, and the generator after.</summary>
sealed class FuzzSide
{
    readonly List<(string Category, string Message)> _warnings = [];

    FuzzSide(FuzzCase item, TorchProfile profile)
    {
        Generator = new(Generator.ParseSeed(item.Seed), profile);
        if (item.Before > 0) { Init.Normal(new float[item.Before], Generator); }
        int thread = Environment.CurrentManagedThreadId;       // the event is the process's; others may draw on other threads
        void Hear(TorchWarning warning)
        {
            if (Environment.CurrentManagedThreadId == thread) { _warnings.Add((warning.Category, warning.Message)); }
        }
        TorchWarning.Raised += Hear;
        try
        {
            Plan = InitPlan.Of(item.Expression, profile);
            Tensors = Plan.Materialize(Generator, item.DType);
            for (int reset = 0; reset < item.Reset; reset++) { Plan.ResetParameters(Tensors, Generator); }
        }
        catch (Exception error)      // a crash is an outcome, too
        {
            Refusal = error;
        }
        finally
        {
            TorchWarning.Raised -= Hear;
        }
    }

    /// <summary>Null when the arguments were refused.</summary>
    public InitPlan? Plan { get; }

    public StateDict Tensors { get; } = new();

    public Generator Generator { get; }

    public Exception? Refusal { get; }

    public IReadOnlyList<(string Category, string Message)> Warnings => _warnings;

    /// <summary>Whether the exception is one that the library documents.</summary>
    public bool IsDocumented => Refusal is ArgumentException or NotInThisTorchException or TorchExpressionException || IsWithoutReset;

    /// <summary>A missing reset_parameters is a missing attribute.</summary>
    public bool IsWithoutReset => Refusal is InvalidOperationException && Plan is not null;

    /// <summary>Python's class of the refusal, or .NET's if Python has none.</summary>
    public string RefusalKind => Refusal switch
    {
        TorchArgumentException torch => torch.TorchKind,
        _ when IsWithoutReset => "AttributeError",
        _ => Refusal?.GetType().Name ?? "",
    };

    /// <summary>The text that is stated as torch's own; null if none is.</summary>
    public string? RefusalText => (Refusal as TorchArgumentException)?.TorchMessage;

    public static FuzzSide Of(FuzzCase item, TorchProfile profile) => new(item, profile);

    /// <summary>Whether torch leaves a tensor's memory as it was: no step writes it.</summary>
    public bool IsLeftAsFound(string tensor) => tensor.Length > 0 && Plan!.Steps.All(step => step.Target.Tensor != tensor);
}
