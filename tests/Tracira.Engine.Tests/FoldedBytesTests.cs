using System.Text;
using Shouldly;
using Xunit;

namespace Tracira.Engine.Tests;

public sealed class FoldedBytesTests
{
    [Fact]
    public void Characters_that_fold_to_the_same_have_the_same_bytes_wherever_in_a_text_they_stand()
    {
        var bytes = new byte[200 + FoldedBytes.Padding];
        Span<char> text = stackalloc char[200];
        List<string> different = [];
        for (int value = 0; value <= 0x10FFFF; value++)
        {
            if (!Rune.TryCreate(value, out Rune rune))
                continue;
            string folded = CaseFolding.Fold(rune.ToString());
            byte[] expected = [.. folded.Select(FoldedBytes.Of)];
            text.Fill('x');
            foreach (int at in (int[])[5, 40, 130, 198]) // in the two vectors of different size, where they meet, and at the end
                rune.EncodeToUtf16(text[at..]);
            FoldedBytes.Fill(text, bytes);
            foreach (int at in (int[])[5, 40, 130, 198])
            {
                if (!bytes.AsSpan(at, expected.Length).SequenceEqual(expected))
                    different.Add($"U+{value:X4}");
            }
        }

        different.ShouldBeEmpty();
    }
}
