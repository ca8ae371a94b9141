using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace TorchInit;

/// <summary>
/// Reads a pickle's opcodes as data: numbers, strings, lists, tuples, dicts, and torch's tensors and storages. It reads a file format:
/// nothing is imported, called or constructed by name, and a name that is not listed is refused. Source: Python's pickletools.
/// </summary>
sealed class PickleReader
{
    const long FreeUnits = 1 << 18;
    const int ContainerUnits = 3;
    const int MostDigits = 1000;
    const int MostLine = 4096;

    static readonly object[] s_small = [.. Enumerable.Range(0, 257).Select(number => (object)(long)number)];

    readonly Stream _stream;
    readonly string _name;
    readonly long _length;
    readonly List<object?> _stack = [];
    readonly List<int> _marks = [];
    readonly Dictionary<long, object?> _memo = [];
    readonly byte[] _small = new byte[8];
    long _units;

    /// <summary>A reader that starts at the stream's position.</summary>
    /// <param name="stream">A stream that ends with the file or the archive entry.</param>
    /// <param name="length">The bytes left in the stream.</param>
    /// <param name="fileBytes">The size of the whole file, which bounds how many values are made.</param>
    /// <param name="name">The file's name in error messages.</param>
    public PickleReader(Stream stream, long length, long fileBytes, string name)
        => (_stream, _length, _name, _units) = (stream, length, name, FreeUnits + (fileBytes / 8));

    /// <summary>The bytes read so far.</summary>
    public long Position { get; private set; }

    /// <summary>Reads one pickle.</summary>
    /// <exception cref="InvalidDataException">The pickle is damaged, or contains more than data.</exception>
    public object? Read()
    {
        while (true)
        {
            int opcode = Byte();
            if (opcode == '.') { return Pop(); }
            Run(opcode);
        }
    }

    void Run(int opcode)
    {
        switch (opcode)
        {
            case 0x80: _ = Byte() <= 5 ? 0 : throw Damaged("a pickle protocol above 5"); break;
            case 0x95: Skip(8); break;
            case '(': _marks.Add(_stack.Count); break;
            case '0': _ = Pop(); break;
            case '1': _ = FromMark(); break;
            case '2': Push(Top()); break;
            case 'N': Push(null); break;
            case 0x88: Push(true); break;
            case 0x89: Push(false); break;
            case 'K': Push(s_small[Byte()]); break;
            case 'M': Push(Number(BinaryPrimitives.ReadUInt16LittleEndian(Small(2)))); break;
            case 'J': Push(Number(BinaryPrimitives.ReadInt32LittleEndian(Small(4)))); break;
            case 'G': Push(BinaryPrimitives.ReadDoubleBigEndian(Small(8))); break;
            case 0x8A: Push(Long(Byte())); break;
            case 0x8B: Push(Long(BinaryPrimitives.ReadInt32LittleEndian(Small(4)))); break;
            case 'I': Push(Line() is var flag && flag is "00" or "01" ? flag == "01" : Decimal(flag)); break;
            case 'L': Push(Decimal(Line().TrimEnd('L'))); break;
            case 'F': Push(Float(Line())); break;
            case 'U' or 'C' or 0x8C: Push(Text(Byte(), opcode)); break;
            case 'T' or 'B' or 'X': Push(Text(BinaryPrimitives.ReadUInt32LittleEndian(Small(4)), opcode)); break;
            case 0x8D or 0x8E or 0x96: Push(Text(BinaryPrimitives.ReadInt64LittleEndian(Small(8)), opcode)); break;
            case 'S' or 'V': Push(Line().Trim('\'', '"')); break;
            case ']': Push(Contained(new List<object?>())); break;
            case ')': Push(Contained(new PickleTuple([]))); break;
            case '}': Push(Contained(new PickleDict())); break;
            case 'l': Push(Contained(new List<object?>(FromMark()))); break;
            case 't': Push(Contained(new PickleTuple(FromMark()))); break;
            case 0x85: Push(Contained(new PickleTuple([Pop()]))); break;
            case 0x86: Push(Contained(new PickleTuple(Last(2)))); break;
            case 0x87: Push(Contained(new PickleTuple(Last(3)))); break;
            case 'd':
                PickleDict dict = new();
                SetItems(dict, FromMark());
                Push(Contained(dict));
                break;
            case 'a': List(1).Add(Pop()); break;
            case 'e':
                object?[] items = FromMark();
                List(0).AddRange(items);
                break;
            case 's':
                object?[] pair = Last(2);
                SetItems(Dict(), pair);
                break;
            case 'u':
                object?[] pairs = FromMark();
                SetItems(Dict(), pairs);
                break;
            case 'q': _memo[Byte()] = Top(); break;
            case 'r': _memo[BinaryPrimitives.ReadUInt32LittleEndian(Small(4))] = Top(); break;
            case 'p': _memo[Decimal(Line()) is long put ? put : throw Damaged("a memo index that is not a number")] = Top(); break;
            case 0x94: _memo[_memo.Count] = Top(); break;
            case 'h': Push(Memo(Byte())); break;
            case 'j': Push(Memo(BinaryPrimitives.ReadUInt32LittleEndian(Small(4)))); break;
            case 'g': Push(Memo(Decimal(Line()) is long get ? get : -1)); break;
            case 'c': Push(Named(Line(), Line())); break;
            case 0x93: Push(Last(2) is [string module, string name] ? Named(module, name) : throw Damaged("a non-string name")); break;
            case 'Q': Push(PickleNames.Storage(Pop()) ?? throw Damaged("a persistent id that is not a torch storage")); break;
            case 'R': Reduce(); break;
            case 'b': Build(); break;
            default: throw Refused(opcode);
        }
    }

    InvalidDataException Refused(int opcode) => opcode is 0x81 or 0x92 or 'o' or 'i' or 0x82 or 0x83 or 0x84
        ? Damaged($"an object constructed by name (opcode 0x{opcode:x2}); {Allowed}")
        : Damaged($"the opcode 0x{opcode:x2}, which no checkpoint of tensors contains");

    const string Allowed = "allowed: tensors, dicts, lists, tuples, numbers and strings, as torch.save(model.state_dict(), path) writes";

    PickleName Named(string module, string name)
    {
        PickleName found = new(module, name);
        return PickleNames.IsAllowed(found) ? Contained(found)
            : throw Damaged($"the name {SafetensorsHeader.Show($"{module}.{name}")}, which is not allowed; {Allowed}");
    }

    void Reduce()
    {
        object?[] call = Last(2);
        if (call is not [PickleName name, PickleTuple arguments]) { throw Damaged("a call of something that is not a name"); }
        Push(Contained(PickleNames.Call(name, arguments.Items) ?? throw Damaged($"{name} with invalid arguments")));
    }

    /// <summary>An OrderedDict's own attributes, such as a state dict's _metadata; they say nothing about the tensors.</summary>
    void Build()
    {
        _ = Pop();
        if (Top() is not PickleDict) { throw Damaged($"an object with a state; {Allowed}"); }
    }

    List<object?> List(int above) => _stack.Count > above && _stack[^(1 + above)] is List<object?> list ? list
        : throw Damaged("items for something that is not a list");

    PickleDict Dict() => Top() as PickleDict ?? throw Damaged("items for something that is not a dict");

    void SetItems(PickleDict dict, object?[] items)
    {
        if (items.Length % 2 != 0) { throw Damaged("a key without a value"); }
        for (int at = 0; at < items.Length; at += 2) { dict.Items.Add(new(items[at], items[at + 1])); }
    }

    object? Memo(long place) => _memo.TryGetValue(place, out object? value) ? value
        : throw Damaged($"memo index {place}, which is empty");

    object? Top() => _stack.Count > Floor ? _stack[^1] : throw Damaged("an empty stack");

    int Floor => _marks.Count > 0 ? _marks[^1] : 0;

    object? Pop()
    {
        object? top = Top();
        _stack.RemoveAt(_stack.Count - 1);
        return top;
    }

    object?[] Last(int count)
    {
        if (_stack.Count - Floor < count) { throw Damaged("an empty stack"); }
        object?[] items = [.. _stack[^count..]];
        _stack.RemoveRange(_stack.Count - count, count);
        return items;
    }

    object?[] FromMark()
    {
        if (_marks.Count == 0) { throw Damaged("an end marker without a start"); }
        object?[] items = [.. _stack[_marks[^1]..]];
        _stack.RemoveRange(_marks[^1], items.Length);
        _marks.RemoveAt(_marks.Count - 1);
        return items;
    }

    void Push(object? value)
    {
        Spend(1);
        _stack.Add(value);
    }

    T Contained<T>(T value)
    {
        Spend(ContainerUnits);
        return value;
    }

    void Spend(long units)
    {
        if ((_units -= units) < 0) { throw Damaged("more values than a file of its size can hold"); }
    }

    static object Number(long number) => number is >= 0 and <= 256 ? s_small[number] : number;

    object Long(int count)
    {
        if (count is < 0 or > 512) { throw Damaged($"an integer of {count} bytes; allowed: 0 to 512"); }
        byte[] bytes = new byte[count];
        Fill(bytes);
        BigInteger number = new(bytes);
        return number >= long.MinValue && number <= long.MaxValue ? Number((long)number) : number;
    }

    object Decimal(string text)
        => text.Length <= MostDigits
            && BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger number)
            ? number >= long.MinValue && number <= long.MaxValue ? Number((long)number) : number : throw Damaged("an invalid number");

    double Float(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number
        : throw Damaged("an invalid number");

    /// <summary>A string, or bytes, which only occur in values that are not used.</summary>
    string Text(long count, int opcode)
    {
        if (count < 0 || count > Math.Min(_length - Position,
            int.MaxValue / 4)) { throw Damaged($"a string of {count} bytes; {_length - Position} are left"); }
        Spend(count / 16);
        byte[] bytes = new byte[count];
        Fill(bytes);
        return opcode is 'X' or 0x8C or 0x8D ? Encoding.UTF8.GetString(bytes) : Encoding.Latin1.GetString(bytes);
    }

    string Line()
    {
        StringBuilder line = new();
        for (int letter = Byte(); letter != '\n'; letter = Byte())
        {
            if (line.Length == MostLine) { throw Damaged($"a line of more than {MostLine} characters"); }
            line.Append((char)letter);
        }
        Spend(line.Length / 16);
        return line.ToString();
    }

    ReadOnlySpan<byte> Small(int count)
    {
        Fill(_small.AsSpan(0, count));
        return _small.AsSpan(0, count);
    }

    void Skip(int count) => _ = Small(count);

    int Byte()
    {
        Fill(_small.AsSpan(0, 1));
        return _small[0];
    }

    void Fill(Span<byte> bytes)
    {
        if (_stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw new InvalidDataException($"{Damaged("no end").Message} {Safetensors.CutShort}");
        }
        Position += bytes.Length;
    }

    InvalidDataException Damaged(string what) => new($"{_name} has {what} (byte {Position} of its pickle).");
}
