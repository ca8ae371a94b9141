using System.Text;

namespace InitNotebooks;

/// <summary>Draws fields of bits in a still picture.</summary>
static class SvgBits
{
    public static void Draw(StringBuilder svg, BitsMark bits, Frame frame)
    {
        double unit = frame.X(1) - frame.X(0), middle = frame.Y(0), radius = unit * 0.42;
        foreach ((double place, char digit, int field) in bits.Digits)
        {
            double x = frame.X(place);
            string color = Palette.Of(field);
            Svg.Add(svg, digit == '1'
                ? (FormattableString)$"""<rect x="{Svg.Number(x - radius)}" y="{Svg.Number(middle - radius)}" width="{Svg.Number(2 * radius)}" height="{Svg.Number(2 * radius)}" fill="{color}"/>"""
                : $"""<circle cx="{Svg.Number(x)}" cy="{Svg.Number(middle)}" r="{Svg.Number(radius)}" fill="{Palette.Paper}" stroke="{color}" stroke-width="1.5"/>""");
            Svg.Add(svg,
                $"""<text x="{Svg.Number(x)}" y="{Svg.Number(middle + 4)}" text-anchor="middle" font-size="12" fill="{(digit == '1' ? Palette.Paper : Palette.Ink)}">{digit}</text>""");
        }
        foreach (var field in bits.Digits.GroupBy(digit => digit.Field))
        {
            double left = frame.X(field.Min(digit => digit.Place)) - radius, right = frame.X(field.Max(digit => digit.Place)) + radius,
                y = middle + radius + 8;
            Svg.Add(svg,
                $"""<path d="M{Svg.Number(left)} {Svg.Number(y)}v5H{Svg.Number(right)}v-5" fill="none" stroke="{Palette.Of(field.Key)}" stroke-width="1.5"/>""");
            Svg.Add(svg,
                $"""<text x="{Svg.Number(Math.Max(24, (left + right) / 2))}" y="{Svg.Number(y + 22)}" text-anchor="middle">{Svg.Text(bits.Fields[field.Key].Name)}</text>""");
        }
    }
}
