using System.IO.Compression;
using System.Text;

namespace TorchInit.Tests.IO;

public class TorchCheckpointTests
{
    [Fact]
    public void A_zip_is_read_as_data()
    {
        StateDict read = TorchCheckpoint.Load(new MemoryStream(CheckpointFiles.Zip()));
        Assert.Equal(["weight", "bias", "mask"], read.Keys);
        Assert.Equal([2, 3], read["weight"].Shape);
        Assert.Equal([0f, 1f, 2f, 3f, 4f, 5f], read["weight"].AsSpan<float>().ToArray());
        // A view: offset 1, stride 2.
        Assert.Equal([1f, 3f], read["bias"].AsSpan<float>().ToArray());
        Assert.Equal((DType.Bool, 2), (read["mask"].DType, read["mask"].Count));
    }

    [Fact]
    public void The_old_form_is_read_too()
    {
        StateDict read = TorchCheckpoint.Load(new MemoryStream(CheckpointFiles.Legacy()));
        Assert.Equal([0f, 1f, 2f, 3f, 4f, 5f], read["weight"].AsSpan<float>().ToArray());
    }

    [Theory]
    [InlineData("cos\nsystem\n(S'ls'\ntR.", "'os.system', which is not allowed")]
    [InlineData("c__builtin__\neval\n(S'1'\ntR.", "'__builtin__.eval', which is not allowed")]
    [InlineData("cbuiltins\ngetattr\n.", "'builtins.getattr'")]
    [InlineData("(c__main__\nNet\no.", "'__main__.Net'")]
    [InlineData("(i__main__\nNet\n.", "an object constructed by name")]
    [InlineData("}(S'a'\nK\x01u.", "has no tensors")]
    [InlineData("h\x05.", "memo index 5, which is empty")]
    [InlineData("]", "no end")]
    [InlineData("R.", "an empty stack")]
    [InlineData("ccollections\nOrderedDict\n(K\x01tR.", "collections.OrderedDict with invalid arguments")]
    public void What_is_no_data_is_named_and_refused(string pickle, string named)
    {
        byte[] file = CheckpointFiles.Zip(Encoding.Latin1.GetBytes(pickle));
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => TorchCheckpoint.Load(new MemoryStream(file), "x.pt"));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("x.pt has ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_view_that_claims_more_than_its_storage_is_refused()
    {
        byte[] wide = CheckpointFiles.Zip(CheckpointFiles.Pickle(shape: 1 << 30, stride: 0));
        Assert.Contains("Limits.Expansion", Assert.Throws<InvalidDataException>(() => TorchCheckpoint.Load(new MemoryStream(wide))).Message,
            StringComparison.Ordinal);
        byte[] beyond = CheckpointFiles.Zip(CheckpointFiles.Pickle(shape: 7, stride: 1));
        Assert.Contains("leaves its storage",
            Assert.Throws<InvalidDataException>(() => TorchCheckpoint.Load(new MemoryStream(beyond))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_state_dict_of_a_training_checkpoint_is_found()
    {
        byte[] state = CheckpointFiles.Pickle();
        byte[] pickle = [0x80, 2, .. "}(X"u8, 5, 0, 0, 0, .. "epochK"u8, 3, .. "X"u8, 10, 0, 0, 0, .. "state_dict"u8, .. state[2..^1],
            .. "u."u8];
        Assert.Equal(["weight", "bias", "mask"], TorchCheckpoint.Load(new MemoryStream(CheckpointFiles.Zip(pickle))).Keys);
    }

    /// <summary>Pickled dicts: <c>{key: value, …}</c> from pickles of the values.</summary>
    static byte[] Dict(params (string Key, byte[] Value)[] items) =>
    [
        .. "}("u8,
        .. items.SelectMany(item => (byte[])[.. "X"u8, .. BitConverter.GetBytes(item.Key.Length), .. Encoding.ASCII.GetBytes(item.Key),
            .. item.Value]),
        .. "u"u8,
    ];

    static byte[] Of(byte[] value) => CheckpointFiles.Zip([0x80, 2, .. value, .. "."u8]);

    static readonly byte[] s_state = CheckpointFiles.Pickle()[2..^1];
    static readonly byte[] s_optimizer = Dict(("state", Dict(("exp_avg", s_state))), ("param_groups", "]"u8.ToArray()));

    [Fact]
    public void The_state_of_an_optimizer_is_no_weights()
    {
        StateDict read = TorchCheckpoint.Load(new MemoryStream(Of(Dict(("epoch", "K\x03"u8.ToArray()), ("generator", s_state),
            ("optimizer", s_optimizer)))));
        Assert.Equal(["generator.weight", "generator.bias", "generator.mask"], read.Keys);
        const string Allowed = "allowed: a model's state dict, as torch.save(model.state_dict(), path) writes it.";
        Assert.Equal($"x.pt has only the state of an optimizer; {Allowed}",
            Assert.Throws<InvalidDataException>(() => TorchCheckpoint.Load(new MemoryStream(Of(s_optimizer)), "x.pt")).Message);
        Assert.Equal($"x.pt has no tensors of a model, only 'epoch, optimizer (an optimizer)'; {Allowed}",
            Assert.Throws<InvalidDataException>(() => TorchCheckpoint.Load(new MemoryStream(Of(Dict(("epoch", "K\x03"u8.ToArray()),
                ("optimizer", s_optimizer)))), "x.pt")).Message);
    }

    [Fact]
    public void The_weights_are_found_beside_a_tensor_of_the_checkpoint()
    {
        byte[] tensor = CheckpointFiles.Tensor("FloatStorage", "0", 6, 0, [.. "K\x01"u8, 0x85], [.. "K\x01"u8, 0x85]);
        Assert.Equal(["weight", "bias", "mask"],
            TorchCheckpoint.Load(new MemoryStream(Of(Dict(("rng_state", tensor), ("model", s_state), ("optimizer", s_optimizer))))).Keys);
        // A module called model has no dict in a state dict; one without tensors is no place to look.
        byte[] plain = Dict(("a", tensor), ("model", Dict(("lr", "K\x01"u8.ToArray()))));
        Assert.Equal(["a"], TorchCheckpoint.Load(new MemoryStream(Of(plain))).Keys);
    }
}
