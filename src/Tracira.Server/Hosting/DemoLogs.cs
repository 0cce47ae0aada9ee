namespace Tracira.Server.Hosting;

/// <summary>Sample outputs of three automations, oldest first.</summary>
internal static class DemoLogs
{
    public static IReadOnlyList<LogSubmission> All { get; } = [.. Support(), .. Product(), .. Invoices()];

    private static IEnumerable<LogSubmission> Support()
    {
        const string Sign = "Your support team";
        (string Question, string Answer, double Confidence)[] turns =
        [
            ("Where is my parcel?", $"Your parcel left our warehouse this morning and arrives on Thursday. You can follow it with the link in our last message. {Sign}", 0.94),
            ("Can I change the address?", $"Yes, as long as the parcel has not left. I have changed it to the address you gave and sent you a confirmation. {Sign}", 0.91),
            ("The mug came broken.", $"I am sorry about the mug! A new one is on its way and you will get 20% off your next order as well. {Sign}", 0.88),
            ("I want my money back.", $"We have received your return and paid the amount back to your card today. It shows up within three working days. {Sign}", 0.96),
            ("Who can I write to?", $"Please write to maria.keller@example.com, she looks after your region and answers within a day. {Sign}", 0.83),
            ("Is the jacket waterproof?", $"It keeps out rain for several hours; the seams are taped. For a full day in heavy rain we recommend the Storm model. {Sign}", 0.92),
            ("Do you deliver to Norway?", "Yes.", 0.97),
            ("Why was I charged twice?", $"The first charge was a reservation that your bank releases by itself within five days. You have paid once only. {Sign}", 0.71),
            ("Can I get an invoice?", $"You find every invoice in your account under Orders. I have also attached the one you asked about to this message. {Sign}", 0.95),
            ("The app does not open.", $"Please update to version 5.2, which mends exactly this. If it still does not open, tell us which phone you use. {Sign}", 0.64),
            ("Wann kommt meine Bestellung?", $"Ihre Bestellung ist unterwegs und kommt voraussichtlich am Freitag an. Sie müssen nichts weiter tun. {Sign}", 0.9),
            ("My voucher is refused.", $"The voucher was for orders above 50 euros and yours is 42 euros. I cannot change that, but it stays valid until June. {Sign}", 0.86),
            ("I never ordered this.", "It seems the parcel was swapped on the way. Keep it for now; somebody will call you today to arrange a pick-up.", 0.58),
            ("Can you hold my order?", $"It is on hold until the 14th. If we hear nothing by then it is sent automatically. {Sign}", 0.93),
        ];
        for (int i = 0; i < turns.Length; i++)
        {
            yield return new LogSubmission("support-replies", turns[i].Answer)
            {
                Task = "draft",
                Input = turns[i].Question,
                Model = i % 3 == 0 ? "gpt-4o-mini" : "gpt-4o",
                Confidence = turns[i].Confidence,
                LatencyMs = 640 + (137 * i % 900),
                CostUsd = Math.Round(0.0011 + (0.0003 * (i % 5)), 4),
                SessionId = $"conversation-{1042 + (i / 2)}",
                SubjectId = $"customer-{311 + (i / 2)}",
                Tags = i % 4 == 0 ? ["email", "priority"] : ["email"],
            };
        }
    }

    private static IEnumerable<LogSubmission> Product()
    {
        string[] texts =
        [
            "A kettle that boils a litre in three minutes and tells you when it is done.",
            "Lighter than the Acme and twice as strong: the frame that follows you everywhere.",
            "Linen from Normandy, woven slowly, washed twice, made for summer.",
            "Three speeds, one button. Our fan knows when the room is too warm.",
            "Now with a 15% discount: the desk lamp that turns evening into day.",
            "Seven pockets, none of them in the way.",
            "Globex users switch in five minutes; your data comes along.",
            "The pan for people who cook every day, with a handle that stays cool.",
            "Write to sales@example.org for the trade price list.",
            "A notebook with paper that takes ink on both sides.",
        ];
        for (int i = 0; i < texts.Length; i++)
        {
            yield return new LogSubmission("product-copy", texts[i])
            {
                Task = i % 2 == 0 ? "headline" : "teaser",
                Model = "claude-3-5-sonnet",
                LatencyMs = 410 + (211 * i % 700),
                CostUsd = 0.0024,
                ActorId = $"editor-{1 + (i % 3)}",
                Tags = ["shop"],
            };
        }
    }

    private static IEnumerable<LogSubmission> Invoices()
    {
        string[] texts =
        [
            """{"customer":"Nordlicht GmbH","number":"2026-0117","total":184.20,"currency":"EUR"}""",
            """{"customer":"Bakery Ullmann","number":"2026-0118","total":62.75,"currency":"EUR"}""",
            """{"customer":"Harbour Logistics","number":"2026-0119","total":48210.00,"currency":"EUR"}""",
            """{"customer":"Test customer","number":"0000","total":1.00,"currency":"EUR"}""",
            "I could not read the invoice. Please send a sharper scan.",
            """{"customer":"Studio Ferri","number":"2026-0121","total":990.00,"currency":"EUR"}""",
            """{"customer":"Kita Sonnenhof","number":"2026-0122","currency":"EUR"}""",
            """{"customer":"Werft Nord","number":"2026-0123","total":7341.55,"currency":"EUR"}""",
            """{"customer":"Atelier Brun","number":"2026-0124","total":"412.00","currency":"EUR"}""",
            """{"customer":"Praxis Dr. Anand","number":"2026-0125","total":129.90,"currency":"EUR"}""",
            """{"customer":"Café Lumen","number":"2026-0126","total":318.40,"currency":"EUR"}""",
            """{"customer":"Delta Print","number":"2026-0127","total":2750.00,"currency":"EUR"}""",
        ];
        for (int i = 0; i < texts.Length; i++)
        {
            yield return new LogSubmission("invoice-extraction", texts[i])
            {
                Model = "gpt-4.1-mini",
                Confidence = i == 8 ? 0.52 : 0.98,
                LatencyMs = 1300 + (97 * i % 800),
                CostUsd = 0.0041,
                SubjectId = $"scan-{7001 + i}",
                Metadata = $$"""{"mailbox":"invoices","page":{{1 + (i % 3)}}}""",
            };
        }
    }
}
