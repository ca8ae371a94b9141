using Python.Runtime;
using TorchInit.Oracle.PythonNet;
using TorchInit.PythonNetTests.Support;

namespace TorchInit.PythonNetTests.Live;

/// <summary>One stream, drawn by turns in one process; and many threads, each with its own seed.</summary>
public class GeneratorTests
{
    // An odd number of normals below 16 leaves a sample in the generator; the next small fill takes it first.
    static readonly string[] s_turns =
    [
        "normal_((3,))", "Linear(7, 5)", "normal_((20,))", "Embedding(3, 1)", "uniform_((1000,))", "normal_((1,))", "randperm(10)",
        "LSTM(3, 4)", "normal_((5,), 0.3, 1.7)",
    ];

    [Theory, InlineData(0), InlineData(1)]
    public void Torch_and_Csharp_draw_by_turns(int first)
    {
        LiveTorch torch = InProcess.Torch;
        Generator alone = new(42, InProcess.Profile), shared = new(42, InProcess.Profile);
        bool cached = false;
        for (int turn = 0; turn < s_turns.Length; turn++)
        {
            byte[] expected = Bytes(InitPlan.Of(s_turns[turn], alone.Profile).Materialize(alone));
            byte[] actual = turn % 2 == first ? torch.Run(() =>
            {
                torch.SetState(shared);
                byte[] drawn = Draw(torch, s_turns[turn]);
                torch.CopyStateTo(shared);
                return drawn;
            }) : Bytes(InitPlan.Of(s_turns[turn], shared.Profile).Materialize(shared));
            Assert.Equal(expected, actual);
            Assert.Equal(alone.GetState(), shared.GetState());
            cached |= shared.HasCachedNormal;
        }
        Assert.True(cached, "No turn began with a cached sample: the test lost its point.");
    }

    [Theory, InlineData(0L), InlineData(-1L), InlineData(long.MinValue), InlineData(67280421310721L)]
    public void A_seed_is_torchs(long seed)
    {
        LiveTorch torch = InProcess.Torch;
        byte[] state = torch.Run(() =>
        {
            torch.ManualSeed(seed);
            return torch.GetState();
        });
        Assert.Equal(new Generator(seed).GetState(), state);
    }

    [Theory, InlineData(0), InlineData(5055), InlineData(6000)]
    public void A_state_of_another_length_is_torchs_to_refuse(int length)
    {
        LiveTorch torch = InProcess.Torch;
        Assert.Equal("RuntimeError", Assert.Throws<PythonRaisedException>(() => torch.SetState(new byte[length])).Kind);
    }

    [Fact]
    public async Task Eight_threads_of_five_hundred_seeded_constructions()
    {
        LiveTorch torch = InProcess.Torch;
        TorchProfile profile = InProcess.Profile;
        int wrong = 0, done = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Factory.StartNew(() =>
        {
            for (int i = 0; i < 500; i++)
            {
                string expression = (i % 3) switch { 0 => "Linear(20, 10)", 1 => "LSTM(3, 4)", _ => "Conv2d(2, 3, 3)" };
                byte[] actual = torch.Run(() =>
                {
                    torch.ManualSeed(1000 * thread + i);
                    return Draw(torch, expression);
                });
                byte[] expected = Bytes(InitPlan.Of(expression, profile).Materialize(1000 * thread + i));
                if (!expected.AsSpan().SequenceEqual(actual)) { Interlocked.Increment(ref wrong); }
                Interlocked.Increment(ref done);
            }
        }, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        Assert.Equal((4000, 0), (done, wrong));
    }

    [Fact]
    public async Task A_thread_that_holds_Pythons_lock_and_one_that_holds_ours_do_not_wait_for_each_other()
    {
        LiveTorch torch = InProcess.Torch;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Factory.StartNew(() =>
        {
            for (int i = 0; i < 200; i++)
            {
                if (thread % 2 == 0)
                {
                    // Python's lock first, then ours.
                    using (Py.GIL())
                    {
                        PythonEngine.Exec("sum(range(100))");
                        torch.ManualSeed(i);
                        PythonEngine.Exec("sum(range(100))");
                    }
                }
                else
                {
                    torch.Run(() =>
                    {
                        // Gives Python's lock up for a moment, and keeps ours.
                        PythonEngine.Exec("import time; time.sleep(0)");
                        torch.ManualSeed(i);
                    });
                }
            }
        }, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
    }

    static byte[] Draw(LiveTorch torch, string expression)
    {
        if (char.IsLower(expression[0]))
        {
            using LiveTensor tensor = torch.Tensor(expression);
            TensorBuffer copy = tensor.ToBuffer();
            return copy.Bytes(0, copy.Count).ToArray();
        }
        using LiveModule module = torch.Module(expression);
        return Bytes(module.ToStateDict());
    }

    static byte[] Bytes(StateDict tensors) => [.. tensors.Values.SelectMany(tensor => tensor.Bytes(0, tensor.Count).ToArray())];
}
