namespace TorchInit;

/// <summary>Maps each output of the generator before it is stored: 32 bits in, 32 bits out.</summary>
interface IWordOperator
{
    /// <summary>The scalar twin, which is the specification.</summary>
    uint Invoke(uint word);

    /// <summary>The vector twin: the same for every lane.</summary>
    TWords Invoke<TLanes, TFloats, TWords>(TWords words)
        where TLanes : struct, ILanes<TFloats, TWords>
        where TFloats : struct
        where TWords : struct;
}
