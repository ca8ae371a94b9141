namespace TorchInit;

/// <summary>Maps the words of draws before they are stored: 32 bits in, 32 bits out.</summary>
interface IPhiloxOperator
{
    /// <summary>The scalar twin, which is the specification.</summary>
    uint Invoke(uint word);

    /// <summary>The vector twin: the same for every lane.</summary>
    TWords Invoke<TLanes, TFloats, TWords>(TWords words)
        where TLanes : struct, ICudaLanes<TFloats, TWords>
        where TFloats : struct
        where TWords : struct;
}

/// <summary>Leaves the words unchanged.</summary>
readonly struct PhiloxIdentity : IPhiloxOperator
{
    public uint Invoke(uint word) => word;

    public TWords Invoke<TLanes, TFloats, TWords>(TWords words)
        where TLanes : struct, ICudaLanes<TFloats, TWords>
        where TFloats : struct
        where TWords : struct
        => words;
}
