namespace TorchInit;

/// <summary>What a named tensor is to its module.</summary>
public enum ParameterKind
{
    /// <summary>Learned: <c>parameters()</c> yields it.</summary>
    Parameter,

    /// <summary>State that is saved but not learned, such as <c>running_mean</c>.</summary>
    Buffer,

    /// <summary>Drawn and thrown away, such as a Transformer's prototype layer; not in the state dict.</summary>
    Scratch,
}
