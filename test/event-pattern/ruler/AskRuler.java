import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import software.amazon.event.ruler.JsonRuleCompiler;
import software.amazon.event.ruler.Ruler;

/** Answers each line of standard input, {"pattern", "event"}, with `true`, `false`, or `"invalid: why"`. */
public class AskRuler {
  public static void main(String[] arguments) throws Exception {
    ObjectMapper json = new ObjectMapper();
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      JsonNode row = json.readTree(line);
      String pattern = row.get("pattern").asText();
      String problem = JsonRuleCompiler.check(pattern);
      if (problem != null) {
        out.println(json.writeValueAsString("invalid: " + problem.split("\n")[0]));
        continue;
      }
      try {
        out.println(Ruler.matchesRule(row.get("event").asText(), pattern));
      } catch (Exception error) {
        out.println(json.writeValueAsString("error: " + error.getMessage().split("\n")[0]));
      }
    }
    out.flush();
  }
}
