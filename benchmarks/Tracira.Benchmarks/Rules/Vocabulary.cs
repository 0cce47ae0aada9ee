using System.Text;

namespace Tracira.Benchmarks;

/// <summary>
/// The words of a language, most frequent first: real ones at the head, and behind them a long tail of made-up ones that look alike,
/// because a few hundred words would let every prefilter off too lightly. How often a word is drawn falls with its rank, as in speech.
/// </summary>
internal sealed class Vocabulary
{
    private readonly string[] _words;

    private Vocabulary(string[] words) => _words = words;

    /// <summary>English.</summary>
    public static Vocabulary English { get; } = Create(
        """
        the of and to a in is it you that for was on are as with they be at this have from or one had by word but not what all were we when
        your can said there use an each which she do how their if will up other about out many then them these so some her would make like
        him into time has look two more write go see number no way could people my than first water been call who oil its now find long
        down day did get come made may part over new sound take only little work know place year live me back give most very after thing our
        just name good sentence man think say great where help through much before line right too mean old any same tell boy follow came
        want show also around form three small set put end does another well large must big even such because turn here why ask went men
        read need land different home us move try kind hand picture again change off play spell air away animal house point page letter
        mother answer found study still learn should order delivery customer account payment invoice please contact support request
        response model output summary document section report analysis result example project service product company market price
        shipping address warehouse schedule meeting available additional information however therefore important recommend provide
        """,
        ["b", "br", "c", "ch", "cl", "d", "f", "g", "gr", "h", "j", "l", "m", "n", "p", "pl", "pr", "qu", "r", "s", "sh", "st", "t", "tr", "v", "w"],
        ["a", "e", "i", "o", "u", "ea", "ou", "ai"],
        ["", "n", "r", "s", "t", "ng", "ck", "nt", "l", "m", "ble", "tion", "ment", "ing"],
        6_000,
        11);

    /// <summary>German, with its umlauts, its capital nouns and its long words.</summary>
    public static Vocabulary German { get; } = Create(
        """
        der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei
        einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde wenn können ihre
        schon dann unter sehr selbst zwischen immer etwa gegen alle beim muss während Jahr Zeit Kunde Lieferung Rechnung Bestellung Straße
        Größe Prüfung Übersicht Änderung Gerät Verfügung Antwort Frage möglich natürlich wichtig außerdem täglich zurück gehört müssen
        Geschäftsbedingungen Versandkostenpauschale Rücksendung Vertragsverlängerung Zahlungseingang Mitarbeiter Unternehmen Qualität
        """,
        ["b", "bl", "d", "f", "g", "gr", "h", "k", "kl", "l", "m", "n", "p", "pf", "r", "s", "sch", "schl", "st", "t", "tr", "v", "w", "z", "zw"],
        ["a", "e", "i", "o", "u", "ä", "ö", "ü", "ei", "au", "ie"],
        ["", "n", "r", "s", "t", "ch", "cht", "ß", "lich", "ung", "keit", "en", "er"],
        4_000,
        12);

    /// <summary>Japanese: pieces that go together without spaces.</summary>
    public static Vocabulary Japanese { get; } = new(
        """
        の に は を が と で も から まで です ます した して いる ある こと もの これ それ 私たち お客様 注文 配送 商品 会社 東京 大阪 今日 明日 ありがとうございます
        よろしくお願いいたします 確認 返品 返金 料金 時間 予定 資料 報告 結果 説明 サービス サポート メール システム データ モデル プロジェクト ユーザー アカウント
        お問い合わせ 申し訳ございません ご利用 ください できます についての という ような 場合 必要 可能 重要 新しい 大きい 早い 次の 例えば 一方 しかし そのため また
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Pictures, many of more than one scalar.</summary>
    public static Vocabulary Emoji { get; } = new(
        "😀 🎉 👍 🚀 ❤️ 😂 🙏 🔥 ✅ 👩‍💻 🇩🇪 👍🏽 🤖 📦 💡 ⚠️ 🧾 🕐 📈 🫶".Split(' '));

    /// <summary>The words, most frequent first.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>A word, the first ones by far the most often.</summary>
    public string Pick(Random random) => _words[(int)Math.Exp(random.NextDouble() * Math.Log(_words.Length))];

    private static Vocabulary Create(string head, string[] onsets, string[] nuclei, string[] codas, int size, int seed)
    {
        var random = new Random(seed);
        List<string> words = [.. head.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];
        HashSet<string> known = [.. words];
        while (words.Count < size)
        {
            var word = new StringBuilder();
            for (int syllables = random.Next(1, 4); syllables > 0; syllables--)
                word.Append(onsets[random.Next(onsets.Length)]).Append(nuclei[random.Next(nuclei.Length)]).Append(codas[random.Next(codas.Length)]);
            if (word.Length > 3 && known.Add(word.ToString()))
                words.Add(word.ToString());
        }

        return new Vocabulary([.. words]);
    }
}
