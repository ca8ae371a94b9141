using System.Buffers.Binary;

namespace TorchInit;

/// <summary>Passes on what it reads, and computes the checksum that zip archives store: CRC-32 with the polynomial edb88320 (bits
/// reversed).</summary>
/// <param name="source">The stream that is read; it stays open.</param>
sealed class Crc32Stream(Stream source) : Stream
{
    const uint Polynomial = 0xEDB88320;

    // Row r is the checksum of a byte that r zero bytes follow; eight bytes at once take one look into each row.
    static readonly uint[][] s_rows = Rows();

    uint _sum = uint.MaxValue;

    /// <summary>The checksum of all bytes read so far.</summary>
    public uint Sum => ~_sum;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Reads what is left, for its checksum only.</summary>
    public void ReadToEnd()
    {
        byte[] rest = new byte[1 << 12];
        while (Read(rest) > 0) { }
    }

    public override int Read(Span<byte> buffer)
    {
        int read = source.Read(buffer);
        _sum = After(_sum, buffer[..read]);
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    static uint After(uint sum, ReadOnlySpan<byte> bytes)
    {
        uint[][] rows = s_rows;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            ulong word = BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ sum;
            sum = rows[7][(byte)word] ^ rows[6][(byte)(word >> 8)] ^ rows[5][(byte)(word >> 16)] ^ rows[4][(byte)(word >> 24)]
                ^ rows[3][(byte)(word >> 32)] ^ rows[2][(byte)(word >> 40)] ^ rows[1][(byte)(word >> 48)] ^ rows[0][word >> 56];
        }
        foreach (byte one in bytes) { sum = sum >> 8 ^ rows[0][(byte)(sum ^ one)]; }
        return sum;
    }

    static uint[][] Rows()
    {
        uint[][] rows = [.. Enumerable.Range(0, 8).Select(_ => new uint[256])];
        for (uint value = 0; value < 256; value++)
        {
            uint sum = value;
            for (int bit = 0; bit < 8; bit++) { sum = sum >> 1 ^ ((sum & 1) == 0 ? 0 : Polynomial); }
            rows[0][value] = sum;
        }
        for (int row = 1; row < 8; row++)
        {
            uint[] before = rows[row - 1];
            for (int value = 0; value < 256; value++) { rows[row][value] = before[value] >> 8 ^ rows[0][(byte)before[value]]; }
        }
        return rows;
    }
}
