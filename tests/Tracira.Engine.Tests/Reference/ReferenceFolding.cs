using System.Globalization;
using System.Text;

namespace Tracira.Engine.Tests.Reference;

/// <summary>
/// Unicode's simple case folding as a table: each character that has a partner, and how far it is to the smallest of those it is the same
/// as. Taken from the regular expressions of another language's runtime, which compare by simple case folding, not from .NET.
/// </summary>
internal static class ReferenceFolding
{
    /// <summary>first[-last][/step] and the distance, in hexadecimal but for the step and the distance.</summary>
    private const string Table = """
        61-7A-32 E0-F6-32 F8-FE-32 101-12F/2-1 133-137/2-1 13A-148/2-1 14B-177/2-1 178-121 17A-17E/2-1 17F-300 183-185/2-1 188-1
        18C-1 192-1 199-1 1A1-1A5/2-1 1A8-1 1AD-1 1B0-1 1B4-1B6/2-1 1B9-1 1BD-1 1C5-1 1C6-2 1C8-1 1C9-2 1CB-1 1CC-2 1CE-1DC/2-1
        1DD-79 1DF-1EF/2-1 1F2-1 1F3-2 1F5-1 1F6-97 1F7-56 1F9-21F/2-1 220-130 223-233/2-1 23C-1 23D-163 242-1 243-195
        247-24F/2-1 253-210 254-206 256-257-205 259-202 25B-203 260-205 263-207 268-209 269-211 26F-211 272-213 275-214 280-218
        283-218 288-218 289-69 28A-28B-217 28C-71 292-219 371-373/2-1 377-1 399-84 39C-743 3AC-38 3AD-3AF-37 3B1-3B8-32 3B9-116
        3BA-3BB-32 3BC-775 3BD-3C1-32 3C2-31 3C3-3CB-32 3CC-64 3CD-3CE-63 3D0-62 3D1-57 3D5-47 3D6-54 3D7-8 3D9-3EF/2-1 3F0-86
        3F1-80 3F3-116 3F4-92 3F5-96 3F8-1 3F9-7 3FB-1 3FD-3FF-130 430-44F-32 450-45F-80 461-481/2-1 48B-4BF/2-1 4C2-4CE/2-1
        4CF-15 4D1-52F/2-1 561-586-48 13F8-13FD-8 1C80-6254 1C81-6253 1C82-6244 1C83-1C84-6242 1C85-6243 1C86-6236 1C87-6181
        1C8A-1 1C90-1CBA-3008 1CBD-1CBF-3008 1E01-1E95/2-1 1E9B-59 1E9E-7615 1EA1-1EFF/2-1 1F08-1F0F-8 1F18-1F1D-8 1F28-1F2F-8
        1F38-1F3F-8 1F48-1F4D-8 1F59-1F5F/2-8 1F68-1F6F-8 1F88-1F8F-8 1F98-1F9F-8 1FA8-1FAF-8 1FB8-1FB9-8 1FBA-1FBB-74 1FBC-9
        1FBE-7289 1FC8-1FCB-86 1FCC-9 1FD3-7235 1FD8-1FD9-8 1FDA-1FDB-100 1FE3-7219 1FE8-1FE9-8 1FEA-1FEB-112 1FEC-7
        1FF8-1FF9-128 1FFA-1FFB-126 1FFC-9 2126-7549 212A-8415 212B-8294 214E-28 2170-217F-16 2184-1 24D0-24E9-26 2C30-2C5F-48
        2C61-1 2C62-10743 2C63-3814 2C64-10727 2C65-10795 2C66-10792 2C68-2C6C/2-1 2C6D-10780 2C6E-10749 2C6F-10783 2C70-10782
        2C73-1 2C76-1 2C7E-2C7F-10815 2C81-2CE3/2-1 2CEC-2CEE/2-1 2CF3-1 2D00-2D25-7264 2D27-7264 2D2D-7264 A641-A649/2-1
        A64A-35266 A64B-35267 A64D-A66D/2-1 A681-A69B/2-1 A723-A72F/2-1 A733-A76F/2-1 A77A-A77C/2-1 A77D-35332 A77F-A787/2-1
        A78C-1 A78D-42280 A791-A793/2-1 A797-A7A9/2-1 A7AA-42308 A7AB-42319 A7AC-42315 A7AD-42305 A7AE-42308 A7B0-42258
        A7B1-42282 A7B2-42261 A7B5-A7C3/2-1 A7C4-48 A7C5-42307 A7C6-35384 A7C8-A7CA/2-1 A7CB-42343 A7CD-A7DB/2-1 A7DC-42561
        A7F6-1 AB53-928 AB70-ABBF-38864 FB06-1 FF41-FF5A-32 10428-1044F-40 104D8-104FB-40 10597-105A1-39 105A3-105B1-39
        105B3-105B9-39 105BB-105BC-39 10CC0-10CF2-64 10D70-10D85-32 118C0-118DF-32 16E60-16E7F-32 16EBB-16ED3-27 1E922-1E943-34
        """;

    private static readonly Dictionary<int, int> Partners = Read();

    /// <summary>A text in which characters that are the same without regard to case are the same.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        for (int at = 0; at < text.Length; at++)
        {
            if (Rune.TryGetRuneAt(text, at, out Rune rune))
            {
                folded.Append(Fold(rune).ToString());
                at += rune.Utf16SequenceLength - 1;
            }
            else
            {
                folded.Append(text[at]); // half of a pair stays
            }
        }

        return folded.ToString();
    }

    /// <summary>The smallest of the characters that are the same as this one.</summary>
    public static Rune Fold(Rune rune) => Partners.TryGetValue(rune.Value, out int partner) ? new Rune(partner) : rune;

    private static Dictionary<int, int> Read()
    {
        Dictionary<int, int> partners = [];
        foreach (string run in Table.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            int distance = run.LastIndexOf('-');
            string[] rangeAndStep = run[..distance].Split('/');
            string[] range = rangeAndStep[0].Split('-');
            int first = int.Parse(range[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            int last = int.Parse(range[^1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            int step = rangeAndStep.Length == 2 ? int.Parse(rangeAndStep[1], CultureInfo.InvariantCulture) : 1;
            for (int character = first; character <= last; character += step)
                partners.Add(character, character + int.Parse(run[distance..], CultureInfo.InvariantCulture));
        }

        return partners;
    }
}
