using System.Text;

namespace SessionAuth.Settings;

/// <summary>Reads a <c>.env</c> file: lines of <c>NAME=value</c>. Nothing in a value is expanded.</summary>
/// <remarks>
/// The rules are those that most parsers of such files share. An unquoted value ends at the end of its line, or at a #
/// after white space, and is trimmed. A quoted value may span lines; in double quotes, \", \\, \n, \r and \t are
/// escapes. A file may start with a byte order mark, a line may start with <c>export</c>, and any line endings are
/// accepted. The last value of a name counts. DotNetEnv is not used because it always expands $NAME outside single
/// quotes: a password with a $ would silently lose its end.
/// </remarks>
internal ref struct DotEnv
{
    private const string Export = "export ";

    private readonly ReadOnlySpan<char> _text;
    private int _at;

    private DotEnv(ReadOnlySpan<char> text) => _text = text;

    /// <summary>The settings in the text, by name.</summary>
    /// <exception cref="SettingsException">The text is not valid. The message has the line and no value.</exception>
    public static IReadOnlyDictionary<string, string> Parse(string text)
    {
        Dictionary<string, string> settings = [];
        DotEnv reader = new(text.TrimStart('\ufeff').ReplaceLineEndings("\n"));
        while (reader.Next(out string name, out string value))
            settings[name] = value;
        return settings;
    }

    private bool Next(out string name, out string value)
    {
        name = value = "";
        while (_at < _text.Length)
        {
            SkipBlanks();
            if (!IsAtEndOfLine && _text[_at] != '#')
            {
                name = Name();
                value = Value();
                return true;
            }
            SkipLine();
        }
        return false;
    }

    private string Name()
    {
        if (_text[_at..].StartsWith(Export))
        {
            _at += Export.Length;
            SkipBlanks();
        }
        int begin = _at;
        while (
            !IsAtEndOfLine && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '_' or '.')
        )
            _at++;
        ReadOnlySpan<char> name = _text[begin.._at];
        SkipBlanks();
        if (name.IsEmpty || char.IsAsciiDigit(name[0]) || IsAtEndOfLine || _text[_at] != '=')
            throw Invalid(begin);
        _at++;
        return name.ToString();
    }

    private string Value()
    {
        SkipBlanks();
        if (!IsAtEndOfLine && _text[_at] is ('"' or '\'' or '`'))
            return Quoted(_text[_at]);

        int begin = _at;
        while (!IsAtEndOfLine && !IsComment(begin))
            _at++;
        string value = _text[begin.._at].TrimEnd(" \t").ToString();
        SkipLine();
        return value;
    }

    private string Quoted(char quote)
    {
        int begin = _at++;
        StringBuilder value = new();
        while (_at < _text.Length && _text[_at] != quote)
        {
            bool isEscape =
                quote == '"'
                && _text[_at] == '\\'
                && _at + 1 < _text.Length
                && _text[_at + 1] is '"' or '\\' or 'n' or 'r' or 't';
            value.Append(isEscape ? Escaped(_text[++_at]) : _text[_at]);
            _at++;
        }
        if (_at == _text.Length)
            throw Invalid(begin);

        _at++;
        SkipBlanks();
        if (!IsAtEndOfLine && _text[_at] != '#')
            throw Invalid(begin);
        SkipLine();
        return value.ToString();
    }

    private static char Escaped(char c) =>
        c switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ => c,
        };

    private readonly bool IsAtEndOfLine => _at >= _text.Length || _text[_at] == '\n';

    private readonly bool IsComment(int begin) =>
        _text[_at] == '#' && (_at == begin || _text[_at - 1] is ' ' or '\t');

    private void SkipBlanks()
    {
        while (!IsAtEndOfLine && _text[_at] is ' ' or '\t')
            _at++;
    }

    private void SkipLine()
    {
        while (!IsAtEndOfLine)
            _at++;
        _at++;
    }

    private readonly SettingsException Invalid(int at) =>
        new(
            $".env is not valid at line {_text[..at].Count('\n') + 1}, or at a quotation mark before it: "
                + "each line is NAME=value, a comment, or empty."
        );
}
