namespace TorchInit;

/// <summary>The role of a named tensor in its module.</summary>
public enum ParameterKind
{
    /// <summary>Learned: <c>parameters()</c> yields it.</summary>
    Parameter,

    /// <summary>State that is saved but not learned, such as <c>running_mean</c>.</summary>
    Buffer,

    /// <summary>Drawn and discarded, such as a Transformer's prototype layer; not in the state dict.</summary>
    Scratch,
}
