using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace TorchInit;

/// <summary>Named tensors in torch's <c>state_dict()</c> order.</summary>
[TypeFormatterSource(typeof(StateDictForms))]
public sealed class StateDict : IReadOnlyDictionary<string, TensorBuffer>
{
    readonly List<string> _names = [];
    readonly Dictionary<string, TensorBuffer> _tensors = new(StringComparer.Ordinal);
    readonly List<OpaqueTensor> _opaque = [];
    readonly HashSet<string> _opaqueNames = new(StringComparer.Ordinal);

    /// <summary>How many tensors.</summary>
    public int Count => _names.Count;

    /// <summary>The names, in order.</summary>
    public IEnumerable<string> Keys => _names;

    /// <summary>The tensors, in order.</summary>
    public IEnumerable<TensorBuffer> Values => _names.Select(name => _tensors[name]);

    /// <summary>Tensors of the file that this was read from whose elements nothing here fills or judges; they are saved again, behind the others.</summary>
    public IReadOnlyList<OpaqueTensor> Opaque => _opaque;

    /// <summary>The tensor called <paramref name="key"/>.</summary>
    /// <param name="key">For example <c>encoder.layers.0.linear1.weight</c>.</param>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    public TensorBuffer this[string key]
        => _tensors.TryGetValue(key, out TensorBuffer? tensor) ? tensor : throw new KeyNotFoundException($"No tensor is called '{key}'; there are: {string.Join(", ", _names.Take(20))}{(Count > 20 ? ", …" : "")}.");

    /// <summary>Puts a tensor at the end.</summary>
    /// <param name="name">Not yet taken.</param>
    /// <param name="tensor">Kept, not copied.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is taken.</exception>
    public void Add(string name, TensorBuffer tensor)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(tensor);
        if (_opaqueNames.Contains(name) || !_tensors.TryAdd(name, tensor)) { throw new ArgumentException($"name '{name}' is there already; each tensor has one name.", nameof(name)); }
        _names.Add(name);
    }

    /// <summary>Keeps a tensor of a name that is not yet taken.</summary>
    internal void Add(OpaqueTensor tensor)
    {
        _opaque.Add(tensor);
        _opaqueNames.Add(tensor.Name);
    }

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _tensors.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out TensorBuffer value) => _tensors.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, TensorBuffer>> GetEnumerator() => _names.Select(name => KeyValuePair.Create(name, _tensors[name])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>How many tensors and elements, and a line for each of the first tensors.</summary>
    public override string ToString()
    {
        const int most = 50;
        IEnumerable<string> lines = this.Take(most).Select(entry => $"  {entry.Key}  {entry.Value.DType.TorchName()} {TensorShape.Text([.. entry.Value.Shape])}");
        string more = Count > most ? $"\n  … and {Count - most} more" : "";
        return $"StateDict: {Count} tensors, {Values.Sum(tensor => (long)tensor.Count)} elements\n{string.Join('\n', lines)}{more}";
    }
}
