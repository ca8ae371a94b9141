using System.Security.Cryptography;
using System.Text;
using TorchInit.Oracle;

namespace TorchInit.ParityTests.Oracle;

/// <summary>Short words for these tests' requests.</summary>
static class Ask
{
    /// <summary>Asks a call that must succeed.</summary>
    internal static OracleReply Of(ITorchOracle oracle, string call, string dtype = "float32", string seed = "0", int reset = 0)
    {
        OracleReply reply = oracle.Run(new() { CallJson = call, DType = dtype, Seed = seed, Reset = reset });
        Assert.True(reply.Error is null, $"{call}: {reply.Error}");
        return reply;
    }

    /// <summary>Asks a call that must fail, and gives why.</summary>
    internal static OracleError ErrorOf(ITorchOracle oracle, string call, string dtype = "float32", string seed = "0", int reset = 0)
    {
        OracleReply reply = oracle.Run(new() { CallJson = call, DType = dtype, Seed = seed, Reset = reset });
        Assert.Empty(reply.Tensors);
        Assert.True(reply.Error is not null, $"{call} was expected to fail.");
        return reply.Error;
    }

    /// <summary>sha256 over each tensor's name and bytes, in order.</summary>
    internal static string Sha256(OracleReply reply)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (OracleTensor tensor in reply.Tensors)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(tensor.Name));
            hash.AppendData(tensor.Data);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
