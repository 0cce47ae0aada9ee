using System.Text;

namespace Tracira.Engine.Tests;

/// <summary>Outputs of 50,000 characters in mixed scripts and shapes.</summary>
internal static class TextSamples
{
    private const int Length = 50_000;

    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["prose"] = Fill("The parcel left our warehouse, and you get a refund of 5 € — grüße! Διαφορά, скидка завтра, 本日は割引です, خصم كبير, विशेष छूट 👋🏽 \n"),
        ["lone surrogates"] = Fill("broken \ud83d text \udc4b and \0 more K\u212A "),
        ["json"] = Json(wrapped: false),
        ["json in prose"] = Json(wrapped: true),
        ["almost json"] = "{" + Fill("\"a\": [1, 2, ")[2..],
        ["brackets"] = new string('[', Length),
    };

    private static string Fill(string piece)
    {
        var text = new StringBuilder(Length + piece.Length);
        while (text.Length < Length)
            text.Append(piece);
        return text.ToString(0, Length);
    }

    private static string Json(bool wrapped)
    {
        var text = new StringBuilder(wrapped ? "Sure, here it is:\n```json\n" : "");
        text.Append("""{"total":12.5,"status":"open","date":"2026-01-01T00:00:00Z","items":[""");
        while (text.Length < Length - 200)
            text.Append("""{"name":"abc","note":"Größe \u00e4 大きさ \"quoted\"","price":1.25},""");
        text.Append("""{"name":"last","note":"end","price":0}]}""");
        return text.Append(wrapped ? "\n```\nAnything else?" : "").ToString();
    }
}
