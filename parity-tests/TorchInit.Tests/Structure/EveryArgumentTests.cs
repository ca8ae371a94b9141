using System.Reflection;

namespace TorchInit.Tests.Structure;

/// <summary>Every public method and constructor of the library, with one bad argument at a time: whatever is refused as an argument is
/// named as the caller wrote it, and nothing fails with an error that only .NET's programmers know.</summary>
public sealed class EveryArgumentTests(ITestOutputHelper output) : IDisposable
{
    public void Dispose() => File.Delete(SampleArguments.Output);

    /// <summary>What reads torch's own text: its errors name the text's arguments, such as in_features.</summary>
    static readonly string[] s_texts = ["InitPlan.Of", "TorchCallExtensions.ToPlan", "TorchProgram.ToPlan", "TorchProgram.Materialize",
        "ArgumentBinder.Bind", "BoundArguments."];

    [Fact]
    public void A_refused_argument_is_named_as_the_method_names_it()
    {
        List<string> wrong = [], unusable = [];
        int calls = 0, refused = 0;
        foreach (PublicCall call in PublicCall.All(typeof(InitPlan).Assembly))
        {
            object?[] good = call.GoodArguments();
            if (Try(call, good) is { } error) { unusable.Add($"{call}: {error.GetType().Name}: {error.Message}"); }
            Check(call, good, "good arguments");
            for (int at = 0; at < good.Length; at++)
            {
                foreach (object? bad in SampleArguments.Bad(call.Parameters[at]))
                {
                    object?[] arguments = call.GoodArguments();
                    arguments[at] = bad;
                    Check(call, arguments, $"{call.Parameters[at].Name} = {SampleArguments.Show(bad)}");
                }
            }
        }
        output.WriteLine($"{calls} calls, {refused} refused arguments");
        output.WriteLine($"No good arguments are known for:\n{string.Join('\n', unusable)}");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(refused > 1000, $"{refused}");
        Assert.True(unusable.Count < 20, string.Join('\n', unusable));

        void Check(PublicCall call, object?[] arguments, string with)
        {
            calls++;
            switch (Try(call, arguments))
            {
                case null: return;
                case ArgumentException error:
                    refused++;
                    // A property is named by its own name, as in with { Shape = null }.
                    bool isOwn = call.Parameters.Any(parameter => parameter.Name == error.ParamName)
                        || call.Method.Name == $"set_{error.ParamName}"
                        || (error is TorchArgumentException { ParamName: not null } && s_texts.Any(call.Name.StartsWith));
                    if (!isOwn) { wrong.Add($"{call} with {with} names '{error.ParamName}': {error.Message}"); }
                    return;
                case NotSupportedException or InvalidOperationException or KeyNotFoundException or IOException or FormatException
                    or UnauthorizedAccessException or OverflowException or InvalidDataException:
                    return;
                case { } other: wrong.Add($"{call} with {with}: {other}"); return;
            }
        }
    }

    static Exception? Try(PublicCall call, object?[] arguments)
    {
        try
        {
            call.Invoke(arguments);
            return null;
        }
        catch (AggregateException error) { return error.InnerException; }
        catch (Exception error) { return error; }
    }
}
