namespace Tracira.Server.Cli;

/// <summary>Shows on a terminal how far a command is; silent where the error stream goes elsewhere.</summary>
internal sealed class ProgressBar(int steps)
{
    private const int Width = 40;
    private readonly bool _isShown = !Console.IsErrorRedirected;
    private int _done;

    /// <summary>One step is done.</summary>
    public void Advance()
    {
        _done++;
        if (!_isShown)
            return;
        int filled = Width * _done / steps;
        Console.Error.Write($"\r[{new string('█', filled)}{new string('░', Width - filled)}] {_done}/{steps}");
    }

    /// <summary>Makes room for what is printed next.</summary>
    public void Clear()
    {
        if (_isShown)
            Console.Error.Write($"\r{new string(' ', Width + 24)}\r");
    }
}
