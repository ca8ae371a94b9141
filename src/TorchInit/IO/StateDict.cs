using System.Collections;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace TorchInit;

/// <summary>Named tensors in torch's <c>state_dict()</c> order. To port a model: rename them (<see cref="RemovePrefix"/>,
/// <see cref="Rename(Func{string, string})"/>), remove some (<see cref="Remove"/>), convert all (<see cref="To"/>).</summary>
[TypeFormatterSource(typeof(StateDictForms))]
[DebuggerDisplay("{ToString(),nq}")]
public sealed partial class StateDict : IReadOnlyDictionary<string, TensorBuffer>
{
    readonly List<string> _names = [];
    readonly Dictionary<string, TensorBuffer> _tensors = new(StringComparer.Ordinal);
    readonly List<OpaqueTensor> _opaque = [];
    readonly Dictionary<string, OpaqueTensor> _opaqueNames = new(StringComparer.Ordinal);
    readonly List<string> _saved = [];    // all names in order, those of opaque tensors included

    /// <summary>The number of tensors.</summary>
    public int Count => _names.Count;

    /// <summary>The names, in order.</summary>
    public IEnumerable<string> Keys => _names;

    /// <summary>The tensors, in order.</summary>
    public IEnumerable<TensorBuffer> Values => _names.Select(name => _tensors[name]);

    /// <summary>Tensors of the file that this was read from whose element types no member of <see cref="DType"/> holds, such as F8_E4M3,
    /// and tensors of bool with bytes other than 0 and 1. They are kept byte for byte, and saved again in their places.</summary>
    public IReadOnlyList<OpaqueTensor> Opaque => _opaque;

    /// <summary>The tensor called <paramref name="key"/>. Setting it replaces the tensor of that name in its place, also one of
    /// <see cref="Opaque"/>, or adds a new one at the end.</summary>
    /// <param name="key">For example <c>encoder.layers.0.linear1.weight</c>.</param>
    /// <exception cref="KeyNotFoundException">No tensor has that name, or it is one of <see cref="Opaque"/>; the message says
    /// which.</exception>
    public TensorBuffer this[string key]
    {
        get => _tensors.TryGetValue(key, out TensorBuffer? tensor) ? tensor : throw Missing(key);
        set
        {
            ArgumentNullException.ThrowIfNull(key);
            ArgumentNullException.ThrowIfNull(value);
            if (_tensors.ContainsKey(key)) { _tensors[key] = value; }
            else if (_opaqueNames.ContainsKey(key)) { Become([.. Saved.Select(saved => saved.Name == key ? (key, value, null) : saved)]); }
            else { Add(key, value); }
        }
    }

    KeyNotFoundException Missing(string key)
        => new(_opaqueNames.TryGetValue(key, out OpaqueTensor? opaque)
            ? $"'{key}' has elements of type {opaque.DType} that no dtype here holds: its bytes are in StateDict.Opaque."
            : $"No tensor is called '{key}'; there "
                + (Count == 0 ? "are none." : $"are: {string.Join(", ", _names.Take(20))}{(Count > 20 ? ", …" : "")}."));

    /// <summary>Adds a tensor at the end.</summary>
    /// <param name="name">An unused name.</param>
    /// <param name="tensor">Stored without a copy.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is already in use, here or in <see cref="Opaque"/>.</exception>
    public void Add(string name, TensorBuffer tensor)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(tensor);
        if (_opaqueNames.ContainsKey(name) || !_tensors.TryAdd(name, tensor))
        {
            string where = _opaqueNames.ContainsKey(name) ? "already in use by one of StateDict.Opaque" : "already in use";
            throw new ArgumentException($"name '{name}' is {where}; allowed: an unused name.", nameof(name));
        }
        _names.Add(name);
        _saved.Add(name);
    }

    /// <summary>Adds a tensor of a file. Bytes of bool that are neither 0 nor 1, which no C# bool may be, are kept as they are.</summary>
    internal void AddRead(string name, TensorBuffer tensor)
    {
        if (tensor.DType == DType.Bool && tensor.Bytes(0, tensor.Count) is var bytes && bytes.ContainsAnyExceptInRange((byte)0, (byte)1))
        {
            Add(new OpaqueTensor(name, SafetensorsType.Of(DType.Bool).Name, [.. tensor.Shape], [bytes.ToArray()]));
        }
        else { Add(name, tensor); }
    }

    /// <summary>Adds an opaque tensor under an unused name.</summary>
    internal void Add(OpaqueTensor tensor)
    {
        _opaque.Add(tensor);
        _opaqueNames.Add(tensor.Name, tensor);
        _saved.Add(tensor.Name);
    }

    /// <summary>All tensors in order; of each pair one is null.</summary>
    internal IEnumerable<(string Name, TensorBuffer? Tensor, OpaqueTensor? Opaque)> Saved
        => _saved.Select(name => (name, _tensors.GetValueOrDefault(name), _opaqueNames.GetValueOrDefault(name)));

    /// <summary>Adds the opaque tensors of another state dict.</summary>
    internal void Keep(IEnumerable<OpaqueTensor> tensors)
    {
        foreach (OpaqueTensor tensor in tensors.Where(tensor => !_opaqueNames.ContainsKey(tensor.Name))) { Add(tensor); }
    }

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _tensors.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out TensorBuffer value) => _tensors.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, TensorBuffer>> GetEnumerator()
        => _names.Select(name => KeyValuePair.Create(name, _tensors[name])).GetEnumerator();

    /// <summary>The number of tensors and elements: <c>2 tensors, 100,480 elements: weight (128, 784), bias (128,)</c>.</summary>
    public override string ToString()
    {
        const int Shown = 6;
        IEnumerable<string> first = _names.Take(Shown).Select(name => $"{name} {TensorShape.Text([.. _tensors[name].Shape])}");
        string elements = Values.Sum(tensor => (long)tensor.Count).ToString("N0", CultureInfo.InvariantCulture);
        return $"{Count} tensor{(Count == 1 ? "" : "s")}, {elements} elements: {string.Join(", ", first)}{(Count > Shown ? ", …" : "")}";
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
