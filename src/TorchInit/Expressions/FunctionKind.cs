namespace TorchInit.Syntax;

/// <summary>What a decorator makes of a method.</summary>
enum FunctionKind
{
    /// <summary>A function, or a method that takes self.</summary>
    Plain,

    /// <summary>@staticmethod.</summary>
    Static,

    /// <summary>@classmethod.</summary>
    OfClass,

    /// <summary>@property: runs where its name is read.</summary>
    Property,
}
