using System.Globalization;

namespace TorchInit.Parity;

/// <summary>Buffers with values that no use of a model leaves: a batch moves a norm's statistics, but neither makes a variance negative nor
/// goes uncounted.</summary>
static class BufferFaults
{
    const string Variance = "running_var", Mean = "running_mean", Count = "num_batches_tracked";

    /// <summary>Why a buffer that has changed cannot be right; null if it can.</summary>
    /// <param name="name">The buffer.</param>
    /// <param name="start">Torch's own values.</param>
    /// <param name="weights">All values found.</param>
    public static (Cause Cause, string Said, long Element)? Of(string name, TensorBuffer start, StateDict weights)
    {
        TensorBuffer given = weights[name];
        if (given.Count != start.Count) { return null; }
        for (int at = 0; at < given.Count; at++)
        {
            double value = Elements64.At(given, at);
            string element = string.Create(CultureInfo.InvariantCulture, $"{name}[{at}] is {value:G6}");
            if (!double.IsFinite(value) && double.IsFinite(Elements64.At(start, at)))
            {
                return (Cause.NotFinite, $"{element}, which no use of a model gives", at);
            }
            if (value < 0 && Kind(name) == Variance) { return (Cause.NotDrawn, $"{element}: a variance is not negative", at); }
            if (value < 0 && Kind(name) == Count)
            {
                return (Cause.NotDrawn, $"{name} is {value:G6}: a count of batches is not negative", at);
            }
        }
        string counter = name[..^Kind(name).Length] + Count;
        return Kind(name) is Variance or Mean && weights.TryGetValue(counter, out TensorBuffer? batches) && batches.Count == 1
            && Elements64.At(batches, 0) == 0
            ? (Cause.NotDrawn, $"{name} has changed, although {counter} is 0: no batch was seen", -1) : null;
    }

    static string Kind(string name) => name[(name.LastIndexOf('.') + 1)..];
}
