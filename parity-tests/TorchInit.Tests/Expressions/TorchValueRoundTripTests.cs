using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;

namespace TorchInit.Tests.Expressions;

public class TorchValueRoundTripTests
{
    static readonly Gen<string> s_name = Gen.Char["abcXYZ_9"].Array[0, 4].Select(letters => "n" + string.Concat(letters));

    // Of any characters, those that make a text: a lone surrogate has no UTF-8.
    static readonly Gen<string> s_text = Gen.String.Select(text => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));

    static readonly Gen<TorchValue> s_leaf = Gen.OneOf(
        Gen.Const<TorchValue>(TorchNone.Instance),
        Gen.Bool.Select(flag => (TorchValue)new TorchBool(flag)),
        Gen.Long.Select(number => (TorchValue)new TorchInt(number)),
        Gen.Double.Select(number => (TorchValue)new TorchFloat(number)),
        Gen.Double.Special.Select(number => (TorchValue)new TorchFloat(number)),
        s_text.Select(text => (TorchValue)new TorchString(text)),
        Gen.Int[0, 99].Array[0,
            3].Select(sizes => (TorchValue)new TorchTransposed(new TorchTuple([.. sizes.Select(size => new TorchInt(size))]))));

    static Gen<TorchValue> Value(int depth) => depth == 0 ? s_leaf : Gen.OneOf(
        s_leaf,
        Value(depth - 1).Array[0, 3].Select(items => (TorchValue)new TorchTuple(items)),
        Value(depth - 1).Array[0, 3].Select(items => (TorchValue)new TorchList(items)),
        Call(depth - 1).Select(call => (TorchValue)call));

    static Gen<TorchCall> Call(int depth)
        => Gen.Select(s_name.Array[1, 3], Value(depth).Array[0, 3], Gen.Select(s_name, Value(depth)).Array[0, 3],
        Gen.Long[0, long.MaxValue].Array[0, 3], Gen.Bool)
        .Select((name, arguments, keywords, sizes, lazy) => new TorchCall(string.Join('.', name), arguments,
            [.. keywords.DistinctBy(keyword => keyword.Item1).Select(keyword => new TorchKeyword(keyword.Item1, keyword.Item2))], lazy
                ? sizes : null));

    [Fact]
    public void What_is_printed_is_read_back_and_prints_the_same() => Call(3).Sample(call =>
    {
        TorchCall again = TorchExpression.Parse(call.ToString());
        Assert.Equal(call, again);
        Assert.Equal(call.ToString(), again.ToString());
        Assert.Equal(call.GetHashCode(), again.GetHashCode());
    });

    [Fact]
    public void Json_is_valid_and_says_the_same() => Call(3).Sample(call =>
    {
        using JsonDocument json = JsonDocument.Parse(call.ToJson(), new JsonDocumentOptions { MaxDepth = 64 });
        Assert.Equal(call, FromJson(json.RootElement));
    });

    [Theory]
    [InlineData("Linear(3, 4, bias=False)", """{"call":"Linear","args":[3,4],"kwargs":{"bias":false}}""")]
    [InlineData("ReLU()", """{"call":"ReLU","args":[],"kwargs":{}}""")]
    [InlineData("f(None, True, 0.1, 1e-5, -inf, nan, 2.0)",
        """{"call":"f","args":[null,true,{"float":"0.1"},{"float":"1e-05"},{"float":"-inf"},{"float":"nan"},{"float":"2.0"}],"kwargs":{}}""")]
    [InlineData("f((), (3,), [1, [2]], s='é+<\"')", """{"call":"f","args":[{"tuple":[]},{"tuple":[3]},[1,[2]]],"kwargs":{"s":"é+<\""}}""")]
    [InlineData("nn.utils.weight_norm(nn.Linear(3, 4), 'weight')",
        """{"call":"utils.weight_norm","args":[{"call":"Linear","args":[3,4],"kwargs":{}},"weight"],"kwargs":{}}""")]
    [InlineData("init.orthogonal_((20, 30).T)", """{"call":"init.orthogonal_","args":[{"transpose":{"tuple":[20,30]}}],"kwargs":{}}""")]
    [InlineData("LazyLinear(4)(2, 3)", """{"call":"LazyLinear","args":[4],"kwargs":{},"forward":[2,3]}""")]
    public void Json_has_these_characters(string expression, string json) => Assert.Equal(json, TorchExpression.Parse(expression).ToJson());

    // Python 3.11's repr of each.
    [Theory]
    [InlineData(0.0, "0.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(0.1, "0.1")]
    [InlineData(-2, "-2.0")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001, "1e-05")]
    [InlineData(0.000123456, "0.000123456")]
    [InlineData(1.5e-7, "1.5e-07")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(1.7976931348623157e308, "1.7976931348623157e+308")]
    [InlineData(123456789012345680, "1.2345678901234568e+17")]
    [InlineData(1e15, "1000000000000000.0")]
    [InlineData(9999999999999998, "9999999999999998.0")]
    [InlineData(1e16, "1e+16")]
    [InlineData(1e22, "1e+22")]
    [InlineData(1e100, "1e+100")]
    [InlineData(100, "100.0")]
    [InlineData(1234.5, "1234.5")]
    [InlineData(2.98023223876953125e-08, "2.9802322387695312e-08")]   // 2^-25, where .NET's "R" is one digit short
    [InlineData(double.NegativeInfinity, "-inf")]
    [InlineData(double.NaN, "nan")]
    public void A_float_is_spelled_as_Pythons_repr(double value, string repr) => Assert.Equal(repr, new TorchFloat(value).ToString());

    [Fact]
    public void A_float_reads_back_with_every_bit() => Gen.ULong.Sample(bits =>
    {
        double value = BitConverter.UInt64BitsToDouble(bits);
        var again = (TorchFloat)TorchExpression.Parse($"f({new TorchFloat(value)})").Arguments[0];
        Assert.True(double.IsNaN(value) ? double.IsNaN(again.Value) : bits == BitConverter.DoubleToUInt64Bits(again.Value));
    });

    [Fact]
    public void Every_power_of_two_and_its_neighbours_read_back()
    {
        for (int exponent = -1074; exponent <= 1023; exponent++)
        {
            double power = Math.ScaleB(1, exponent);
            foreach (double value in new[] { Math.BitDecrement(power), power, Math.BitIncrement(power) })
            {
                Assert.Equal(value, double.Parse(new TorchFloat(value).ToString(), CultureInfo.InvariantCulture));
            }
        }
    }

    static TorchValue FromJson(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null => TorchNone.Instance,
        JsonValueKind.True or JsonValueKind.False => new TorchBool(json.GetBoolean()),
        JsonValueKind.Number => new TorchInt(json.GetInt64()),
        JsonValueKind.String => new TorchString(json.GetString()!),
        JsonValueKind.Array => new TorchList([.. json.EnumerateArray().Select(FromJson)]),
        _ when json.TryGetProperty("tuple", out JsonElement items) => new TorchTuple([.. items.EnumerateArray().Select(FromJson)]),
        _ when json.TryGetProperty("transpose", out JsonElement view) => new TorchTransposed((TorchTuple)FromJson(view)),
        _ when json.TryGetProperty("float", out JsonElement repr) => new TorchFloat(repr.GetString() switch
        {
            "inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            "nan" => double.NaN,
            { } text => double.Parse(text, CultureInfo.InvariantCulture),
            null => throw new InvalidDataException(),
        }),
        _ => new TorchCall(json.GetProperty("call").GetString()!, [.. json.GetProperty("args").EnumerateArray().Select(FromJson)],
            [.. json.GetProperty("kwargs").EnumerateObject().Select(pair => new TorchKeyword(pair.Name, FromJson(pair.Value)))],
            json.TryGetProperty("forward", out JsonElement sizes) ? [.. sizes.EnumerateArray().Select(size => size.GetInt64())] : null),
    };
}
