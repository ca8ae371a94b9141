using TorchInit;

namespace InitNotebooks.Tests.Plots;

public class ExperimentTests
{
    [Fact]
    public void A_network_of_scaled_identities_halves_its_signal_as_the_scale_says()
    {
        // eye_ keeps every value; a ReLU then keeps the positive half of the mean square, and after the first layer nothing changes any
        // more.
        SignalSizes sizes = DeepNetwork.Run("init.eye_((400, 400))", depth: 3, inputs: 8, seed: 1);
        Assert.InRange(sizes.Forward[0], 0.66, 0.75);
        Assert.Equal([sizes.Forward[0], sizes.Forward[0], sizes.Forward[0]], sizes.Forward);
        Assert.InRange(sizes.Backward[0], 0.66, 0.75);
    }

    [Fact]
    public void The_weights_come_first_and_from_the_seed()
    {
        Assert.Equal(DeepNetwork.Run("Linear(8, 8)", 2, 4, 7).Forward, DeepNetwork.Run("Linear(8, 8)", 2, 4, 7).Forward);
        Assert.NotEqual(DeepNetwork.Run("Linear(8, 8)", 2, 4, 7).Forward, DeepNetwork.Run("Linear(8, 8)", 2, 4, 8).Forward);
        Assert.Contains("two equal sizes", Assert.Throws<ArgumentException>(() => DeepNetwork.Run("Linear(8, 9)", 2, 4, 7)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_elements_are_counted_and_not_equal_bits()
    {
        TorchProfile windows = TorchProfile.For("2.15", TorchPlatform.WindowsX64);
        Assert.Equal(1, Profiles.EqualShare("Linear(50, 64)", DType.Float32, 42, windows, windows));
        // as notebook 09's map: 1,660 differ
        Assert.Equal(1540 / 3200.0, Profiles.EqualShare("Linear(50, 64)", DType.Float32, 42, TorchProfile.Default, windows));
    }

    [Fact]
    public void What_was_only_read_is_said_to_be()
    {
        Assert.Empty(Profiles.ComparedWith(TorchProfile.For("2.15", TorchPlatform.MacOSArm64)));
        Assert.Equal(["2.13.0", "2.15.0"], Profiles.ComparedWith(TorchProfile.Default));
    }
}
