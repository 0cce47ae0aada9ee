using System.Text;

namespace Tracira.Server.Tests;

/// <summary>Small files of every kind that matters.</summary>
internal static class SampleFiles
{
    public static byte[] Png { get; } = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    public static byte[] Pdf { get; } = Encoding.ASCII.GetBytes("%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n");

    public static byte[] Text { get; } = Encoding.UTF8.GetBytes("Grüße\n");

    public static byte[] Svg { get; } = Encoding.UTF8.GetBytes("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>");

    public static byte[] Program { get; } = [0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>A picture of a given size, at least as far as its first bytes tell.</summary>
    public static byte[] PngOf(int bytes)
    {
        byte[] file = new byte[bytes];
        new Random(bytes).NextBytes(file);
        Png.CopyTo(file, 0);
        return file;
    }
}
