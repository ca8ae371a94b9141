using System.Collections;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace TorchInit;

/// <summary>Named tensors in torch's <c>state_dict()</c> order.</summary>
[TypeFormatterSource(typeof(StateDictForms))]
[DebuggerDisplay("{ToString(),nq}")]
public sealed class StateDict : IReadOnlyDictionary<string, TensorBuffer>
{
    readonly List<string> _names = [];
    readonly Dictionary<string, TensorBuffer> _tensors = new(StringComparer.Ordinal);
    readonly List<OpaqueTensor> _opaque = [];
    readonly HashSet<string> _opaqueNames = new(StringComparer.Ordinal);

    /// <summary>The number of tensors.</summary>
    public int Count => _names.Count;

    /// <summary>The names, in order.</summary>
    public IEnumerable<string> Keys => _names;

    /// <summary>The tensors, in order.</summary>
    public IEnumerable<TensorBuffer> Values => _names.Select(name => _tensors[name]);

    /// <summary>Tensors of the file that this was read from whose element types nothing here fills or judges; they are saved again, after
    /// the others.</summary>
    public IReadOnlyList<OpaqueTensor> Opaque => _opaque;

    /// <summary>The tensor called <paramref name="key"/>.</summary>
    /// <param name="key">For example <c>encoder.layers.0.linear1.weight</c>.</param>
    /// <exception cref="KeyNotFoundException">No tensor has that name.</exception>
    public TensorBuffer this[string key]
        => _tensors.TryGetValue(key, out TensorBuffer? tensor) ? tensor
            : throw new KeyNotFoundException($"No tensor is called '{key}'; there "
                + (Count == 0 ? "are none." : $"are: {string.Join(", ", _names.Take(20))}{(Count > 20 ? ", …" : "")}."));

    /// <summary>Adds a tensor at the end.</summary>
    /// <param name="name">An unused name.</param>
    /// <param name="tensor">Stored without a copy.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is already in use.</exception>
    public void Add(string name, TensorBuffer tensor)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(tensor);
        if (_opaqueNames.Contains(name) || !_tensors.TryAdd(name, tensor))
        {
            throw new ArgumentException($"name '{name}' is already in use; allowed: an unused name.", nameof(name));
        }
        _names.Add(name);
    }

    /// <summary>Adds an opaque tensor under an unused name.</summary>
    internal void Add(OpaqueTensor tensor)
    {
        _opaque.Add(tensor);
        _opaqueNames.Add(tensor.Name);
    }

    /// <summary>Adds the opaque tensors of another state dict.</summary>
    internal void Keep(IEnumerable<OpaqueTensor> tensors)
    {
        foreach (OpaqueTensor tensor in tensors.Where(tensor => !_opaqueNames.Contains(tensor.Name))) { Add(tensor); }
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
