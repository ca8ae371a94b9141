using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using TorchInit.Oracle;

namespace TorchInit.Cli;

/// <summary>Real torch's seconds, taken inside its own process.</summary>
static class TorchTimer
{
    /// <summary>Seconds of one run of the list, or of one construction.</summary>
    public static double Time(WorkerOracle oracle, BenchCase item)
    {
        if (item.Model is { } model) { return Ask(oracle, item, "timed_model", [model, item.Rounds]); }
        JsonArray fills = [.. item.Fills.Select(fill => (JsonNode)new JsonArray([fill.Torch, fill.Offset, fill.Count,
            .. fill.Arguments.Select(argument => Number(fill, argument))]))];
        return Ask(oracle, item, "timed", [fills, item.Rounds, 1, item.Fresh]);
    }

    static double Ask(WorkerOracle oracle, BenchCase item, string call, JsonArray arguments)
    {
        JsonObject asked = new() { ["call"] = call, ["args"] = arguments };
        OracleReply reply = oracle.Run(new() { CallJson = asked.ToJsonString(), DType = item.DType.TorchName(), Seed = "1" });
        if (reply.Error is { } error) { throw new InvalidOperationException($"torch refuses {item.Name}: {error}"); }
        return MemoryMarshal.Cast<byte, double>(reply.Tensors[0].Data)[0] / item.Rounds;
    }

    static JsonNode Number(BenchFill fill, double argument)
        => fill.Torch == "orthogonal_" ? (long)argument
            : new JsonObject { ["float"] = argument.ToString("R", CultureInfo.InvariantCulture) };
}
